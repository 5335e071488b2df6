// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;

/** What is compared, and how the benchmark kit measures it. */
enum Metric {
  /** Calls of all threads together; more is better. */
  THROUGHPUT("calls/s", Mode.Throughput, TimeUnit.SECONDS),

  /** The time that 99 of 100 calls stay below, in microseconds; less is better. */
  P99("p99 in us", Mode.SampleTime, TimeUnit.MICROSECONDS);

  private final String unit;
  private final Mode mode;
  private final TimeUnit timeUnit;

  Metric(String unit, Mode mode, TimeUnit timeUnit) {
    this.unit = unit;
    this.mode = mode;
    this.timeUnit = timeUnit;
  }

  /** The unit, for headings. */
  String unit() {
    return unit;
  }

  Mode mode() {
    return mode;
  }

  TimeUnit timeUnit() {
    return timeUnit;
  }

  /** The figure in a result that was measured in {@link #mode()}. */
  double of(Result<?> result) {
    return switch (this) {
      case THROUGHPUT -> result.getScore();
      case P99 -> result.getStatistics().getPercentile(99);
    };
  }
}
