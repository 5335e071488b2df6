// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Collection;
import java.util.function.Predicate;
import org.jcacheredis.testkit.TestServers;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** One run of a benchmark class whose benchmarks are compared with each other. */
record Beside(Collection<RunResult> results) {
  /** The numbers of threads at which all such classes run. */
  static final int[] THREADS = {1, 8};

  static Beside run(CommandLineOptions given, Class<?> benchmarks, int threads)
      throws RunnerException {
    return new Beside(
        new Runner(
                new OptionsBuilder()
                    .parent(given)
                    .include("\\." + benchmarks.getSimpleName() + "\\.")
                    .threads(threads)
                    .shouldFailOnError(true)
                    .jvmArgsAppend(
                        "-D" + Session.SERVER_PROPERTY + "=" + TestServers.shared().uri())
                    .build())
            .run());
  }

  /** The score of the one result that fits. */
  double score(Predicate<RunResult> fits) {
    return results.stream()
        .filter(fits)
        .mapToDouble(result -> result.getPrimaryResult().getScore())
        .findFirst()
        .orElseThrow();
  }
}
