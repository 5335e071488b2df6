// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark at every thread count. Contenders take turns, each turn in a fresh JVM, and
 * another one starts each round, so that neither a drifting machine nor the order favours one.
 */
final class Rounds {
  private final CompareOptions options;
  private final URI server;
  private final Path notes;
  private final List<RunResult> results = new ArrayList<>();
  private final List<Score> scores = new ArrayList<>();
  private int started;
  private int failed;

  Rounds(CompareOptions options, URI server, Path notes) {
    this.options = options;
    this.server = server;
    this.notes = notes;
  }

  /** Runs everything; a run that fails is counted and the rest goes on. */
  void run() {
    for (String benchmark : options.benchmarks()) {
      for (int threads : options.threads()) {
        for (int round = 0; round < options.rounds(); round++) {
          for (String contender : inTurn(options.contenders(), round)) {
            measure(benchmark, threads, contender, round);
          }
        }
      }
    }
  }

  /** What the benchmark kit reported, one element for each turn. */
  Collection<RunResult> results() {
    return Collections.unmodifiableList(results);
  }

  /** The figures of {@link #results()}. */
  List<Score> scores() {
    return Collections.unmodifiableList(scores);
  }

  /** How many turns gave no figure. */
  int failed() {
    return failed;
  }

  private void measure(String benchmark, int threads, String contender, int round) {
    started++;
    System.out.printf(
        "[%d/%d] %s, %d threads, %s: ", started, options.forks(), benchmark, threads, contender);
    try {
      add(new Runner(jmh(benchmark, threads, contender).build()).run(), round);
    } catch (RunnerException e) { // one contender's failure must not cost the others their turns
      failed++;
      System.out.println("failed");
      e.printStackTrace(System.out);
    }
  }

  private void add(Collection<RunResult> turn, int round) {
    results.addAll(turn);
    for (Score score : Score.of(turn, options.metric(), round)) {
      scores.add(score);
      System.out.printf(Locale.ROOT, "%,.0f %s%n", score.figure(), options.metric().unit());
    }
  }

  private OptionsBuilder jmh(String benchmark, int threads, String contender) {
    OptionsBuilder jmh = new OptionsBuilder();
    jmh.include("\\." + CacheBenchmark.class.getSimpleName() + "\\." + benchmark + "$")
        .param("contender", contender)
        .param("size", Integer.toString(options.size()))
        .mode(options.metric().mode())
        .timeUnit(options.metric().timeUnit())
        .threads(threads)
        .forks(1)
        .warmupIterations(1)
        .warmupTime(TimeValue.seconds(options.warmup()))
        .measurementIterations(options.measurement())
        .measurementTime(TimeValue.seconds(1))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .jvmArgsAppend(
            "-D" + Session.SERVER_PROPERTY + "=" + server,
            "-D" + Notes.FILE_PROPERTY + "=" + notes);
    return jmh;
  }

  private static List<String> inTurn(List<String> contenders, int round) {
    List<String> turn = new ArrayList<>(contenders);
    Collections.rotate(turn, -round);
    return turn;
  }
}
