// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Locale;

/**
 * One situation that contenders are compared in.
 *
 * @param benchmark a method of {@link CacheBenchmark}
 * @param reads how many of 100 calls read; means something in {@link #MIX} alone
 * @param size characters in a value
 * @param entries how many the cache holds
 */
record Cell(String benchmark, int reads, int size, int entries, Workers workers) {
  /** The benchmark that reads and writes. */
  static final String MIX = "mix";

  private static final int KIBI = 1024;

  /** The benchmark for people, such as {@code put} or {@code mix 90/10}. */
  String call() {
    return benchmark.equals(MIX) ? MIX + " " + reads + "/" + (100 - reads) : benchmark;
  }

  /** The size of a value for people. */
  String value() {
    return size >= KIBI && size % KIBI == 0 ? size / KIBI + " KiB" : size + " B";
  }

  /** The number of entries for people. */
  String fill() {
    return String.format(Locale.ROOT, "%,d", entries);
  }

  /** The same call of other circumstances. */
  Cell but(int otherSize, int otherEntries, Workers otherWorkers) {
    return new Cell(benchmark, reads, otherSize, otherEntries, otherWorkers);
  }

  @Override
  public String toString() {
    return call() + ", " + value() + ", " + fill() + " entries, " + workers.title();
  }
}
