// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs {@link LocalHitBenchmark} at 1 and 8 threads and prints how much longer a hit takes than
 * what it is compared with. Takes the options of the benchmark kit itself.
 */
public final class LocalHits {

  private LocalHits() {}

  /** Ends with status 1 when a hit takes longer than it should. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    StringBuilder table =
        new StringBuilder("| threads | beside | ns | hit | ns | times as long |\n");
    table.append("|---|---|---|---|---|---|\n");
    boolean isGood = true;
    for (int threads : Beside.THREADS) {
      Beside run = Beside.run(given, LocalHitBenchmark.class, threads);
      for (LocalHitBenchmark.Pair pair : LocalHitBenchmark.Pair.ALL) {
        double floor = score(run, pair.floor());
        double hit = score(run, pair.hit());
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

  private static double score(Beside run, String benchmark) {
    return run.score(each -> each.getParams().getBenchmark().endsWith("." + benchmark));
  }
}
