// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.Arrays;

/** How long calls take. */
final class Timing {
  private static final double NANOS_PER_MILLI = 1e6;

  private Timing() {}

  static long nanos(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return System.nanoTime() - start;
  }

  static double millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  /** The middle of what the calls took, in milliseconds; the higher one of an even number. */
  static double median(long... nanos) {
    long[] ascending = nanos.clone();
    Arrays.sort(ascending);
    return millis(ascending[ascending.length / 2]);
  }
}
