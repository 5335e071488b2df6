// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long something took, many times. */
record Spread(long[] sortedNanos) {

  static Spread of(Collection<Long> nanos) {
    return new Spread(nanos.stream().mapToLong(Long::longValue).sorted().toArray());
  }

  static Spread of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  int count() {
    return sortedNanos.length;
  }

  /** The time that this part of all did not exceed, 1.0 for the longest; 0 without any. */
  double millis(double part) {
    if (sortedNanos.length == 0) {
      return 0;
    }
    int at = (int) Math.ceil(part * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, at)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d: p50 %.2f, p90 %.2f, p99 %.2f, max %.2f ms",
        count(),
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(1));
  }
}
