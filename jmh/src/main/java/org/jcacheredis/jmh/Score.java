// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * One contender's figure in one round.
 *
 * @param round rounds are compared within themselves, so that a drifting machine hits all alike
 * @param figure in the unit of the metric
 */
record Score(String benchmark, int threads, String contender, int round, double figure) {

  /** The figures of one round. */
  static List<Score> of(Collection<RunResult> results, Metric metric, int round) {
    return results.stream().map(result -> of(result, metric, round)).toList();
  }

  private static Score of(RunResult result, Metric metric, int round) {
    BenchmarkParams parameters = result.getParams();
    String name = parameters.getBenchmark();
    return new Score(
        name.substring(name.lastIndexOf('.') + 1),
        parameters.getThreads(),
        parameters.getParam("contender"),
        round,
        metric.of(result.getPrimaryResult()));
  }
}
