// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs {@link HeardPutBenchmark} at 1 and 8 threads and prints how much longer a put takes that a
 * listener in another JVM hears of. Takes the options of the benchmark kit itself.
 */
public final class HeardPuts {
  private static final double LIMIT = 2.0;

  private HeardPuts() {}

  /** Ends with status 1 when it takes longer than it should. */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(arguments);
    StringBuilder table =
        new StringBuilder("| threads | nobody listens, us | one listener, us | times as long |\n");
    table.append("|---|---|---|---|\n");
    boolean isGood = true;
    for (int threads : Beside.THREADS) {
      Beside run = Beside.run(given, HeardPutBenchmark.class, threads);
      double alone = score(run, HeardPutBenchmark.Audience.NOBODY);
      double heard = score(run, HeardPutBenchmark.Audience.ONE_LISTENER);
      isGood &= heard <= alone * LIMIT;
      table.append(
          String.format(
              Locale.ROOT,
              "| %d | %.1f | %.1f | %.2f of at most %.1f |%n",
              threads,
              alone,
              heard,
              heard / alone,
              LIMIT));
    }
    System.out.printf("%n%s", table);
    System.exit(isGood ? 0 : 1);
  }

  private static double score(Beside run, HeardPutBenchmark.Audience audience) {
    return run.score(each -> each.getParams().getParam("audience").equals(audience.name()));
  }
}
