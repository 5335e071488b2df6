// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How a turn's JVM is started. */
final class Forks {
  private static final int ALONE = 5;

  private final CompareOptions options;
  private final URI server;
  private final Path notes;

  /**
   * @param server where the contenders find Redis
   * @param notes the file for what a fork has to say
   */
  Forks(CompareOptions options, URI server, Path notes) {
    this.options = options;
    this.server = server;
    this.notes = notes;
  }

  /** What the benchmark kit is told for a turn. */
  Options options(Turn turn) {
    Cell cell = turn.cell();
    ChainedOptionsBuilder jmh =
        new OptionsBuilder()
            .include("\\." + CacheBenchmark.class.getSimpleName() + "\\." + cell.benchmark() + "$")
            .param("contender", turn.contender())
            .param("size", Integer.toString(cell.size()))
            .param("entries", Integer.toString(cell.entries()))
            .mode(turn.mode())
            .timeUnit(turn.mode() == Mode.Throughput ? TimeUnit.SECONDS : TimeUnit.MICROSECONDS)
            .threads(cell.workers().count())
            .forks(1)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvm(options.jvm().program().toString())
            .jvmArgsAppend(arguments(cell.workers()));
    if (cell.benchmark().equals(Cell.MIX)) {
      jmh.param("reads", Integer.toString(cell.reads()));
    }
    options.profilers().forEach(jmh::addProfiler);
    timed(jmh, cell.workers());
    return jmh.build();
  }

  private void timed(ChainedOptionsBuilder jmh, Workers workers) {
    CompareOptions.Timing timing = options.timing();
    // a thread by itself makes so few calls that the compiler needs longer
    double warmup = workers.count() == 1 ? timing.warmup() * ALONE : timing.warmup();
    int iterations = (int) Math.max(1, Math.round(timing.measurement()));
    jmh.warmupIterations(1)
        .warmupTime(millis(warmup))
        .measurementIterations(iterations)
        .measurementTime(millis(timing.measurement() / iterations));
  }

  private String[] arguments(Workers workers) {
    List<String> arguments = new ArrayList<>(options.jvm().arguments());
    arguments.add("-D" + Session.SERVER_PROPERTY + "=" + server);
    arguments.add("-D" + Notes.FILE_PROPERTY + "=" + notes);
    if (workers.kind() == Workers.Kind.VIRTUAL) {
      arguments.add("-Djmh.executor=VIRTUAL");
    }
    return arguments.toArray(String[]::new);
  }

  private static TimeValue millis(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
  }
}
