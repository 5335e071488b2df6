// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Collection;
import org.jcacheredis.testkit.TestServers;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link LocalHitBenchmark} at 1 and 8 threads and prints how much longer a hit takes than
 * what it is compared with. Takes the options of the benchmark kit itself.
 */
public final class LocalHits {
  private static final int[] THREADS = {1, 8};

  private LocalHits() {}

  /** Ends with status 1 when a hit takes longer than it should. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    StringBuilder table =
        new StringBuilder("| threads | beside | ns | hit | ns | times as long |\n");
    table.append("|---|---|---|---|---|---|\n");
    boolean isGood = true;
    for (int threads : THREADS) {
      Collection<RunResult> results = run(given, threads);
      for (LocalHitBenchmark.Pair pair : LocalHitBenchmark.Pair.ALL) {
        double floor = score(results, pair.floor());
        double hit = score(results, pair.hit());
        isGood &= hit <= floor * pair.limit();
        table.append(
            "| %d | %s | %.1f | %s | %.1f | %.2f of at most %.1f |%n"
                .formatted(
                    threads, pair.floor(), floor, pair.hit(), hit, hit / floor, pair.limit()));
      }
    }
    System.out.printf("%n%s", table);
    System.exit(isGood ? 0 : 1);
  }

  private static Collection<RunResult> run(CommandLineOptions given, int threads)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .parent(given)
                .include("\\." + LocalHitBenchmark.class.getSimpleName() + "\\.")
                .threads(threads)
                .shouldFailOnError(true)
                .jvmArgsAppend("-D" + Session.SERVER_PROPERTY + "=" + TestServers.shared().uri())
                .build())
        .run();
  }

  private static double score(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
        .mapToDouble(result -> result.getPrimaryResult().getScore())
        .findFirst()
        .orElseThrow();
  }
}
