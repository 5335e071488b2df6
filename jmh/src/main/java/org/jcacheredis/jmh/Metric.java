// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.EnumMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** A figure that a run gives. */
enum Metric {
  /** Calls of all threads together; more is better. */
  THROUGHPUT("throughput", "calls/s"),

  /** The time that half of the calls stay below; less is better, here and in what follows. */
  P50("median latency", "p50 us"),

  /** The time that 99 of 100 calls stay below. */
  P99("p99 latency", "p99 us"),

  /** The time that 999 of 1,000 calls stay below. */
  P999("p99.9 latency", "p99.9 us"),

  /** What all threads of the JVM, those of the client library included, allocate for one call. */
  ALLOCATION("allocation", "B/call");

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final String title;
  private final String unit;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** The name, for people. */
  String title() {
    return title;
  }

  /** The unit, for headings. */
  String unit() {
    return unit;
  }

  /** All figures in the result of one turn. */
  static Map<Metric, Double> in(RunResult result) {
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    if (result.getParams().getMode() == Mode.SampleTime) {
      Statistics times = result.getPrimaryResult().getStatistics();
      figures.put(P50, times.getPercentile(50));
      figures.put(P99, times.getPercentile(99));
      figures.put(P999, times.getPercentile(99.9));
    } else {
      figures.put(THROUGHPUT, result.getPrimaryResult().getScore());
    }
    result
        .getSecondaryResults()
        .forEach(
            (name, secondary) -> {
              if (name.endsWith(ALLOCATED)) {
                figures.put(ALLOCATION, ((Result<?>) secondary).getScore());
              }
            });
    return figures;
  }
}
