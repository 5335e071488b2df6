// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Who still has to answer what. Thread-safe. */
final class Acknowledgements {
  private static final long KEPT = TimeUnit.MINUTES.toNanos(1);

  /** So many changes later nobody waits any more: most changes that change nothing never do. */
  private static final long MOST = 1 << 18;

  private final Map<Long, Expected> open = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  Acknowledgements(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private static final class Expected {
    private final long count;
    private final long since;
    private final Set<Long> answered = new HashSet<>();

    Expected(long count, long since) {
      this.count = count;
      this.since = since;
    }

    synchronized void answered(long node) {
      answered.add(node);
      notifyAll();
    }

    /** How many have answered, once all have or the time is up. */
    synchronized long await(long most, Duration longest) {
      long deadline = System.nanoTime() + longest.toNanos();
      long left = longest.toNanos();
      try {
        while (answered.size() < Math.min(count, most) && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
          left = deadline - System.nanoTime();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return answered.size();
    }
  }

  /**
   * Answers to {@code number} will come from so many nodes, before or after they are awaited. The
   * numbers ascend; of a number that is far behind nothing is expected any more.
   */
  void expect(long number, long count) {
    open.remove(number - MOST);
    open.put(number, new Expected(count, nanos.getAsLong()));
  }

  void answered(long number, long node) {
    Expected expected = open.get(number);
    if (expected != null) {
      expected.answered(node);
    }
  }

  /**
   * Waits for the answers, then forgets them.
   *
   * @param most how many to wait for at the most
   * @return whether as many came in time, or nothing was expected
   */
  boolean await(long number, long most, Duration longest) {
    Expected expected = open.get(number);
    if (expected == null) {
      return true;
    }
    try {
      return expected.await(most, longest) >= Math.min(expected.count, most);
    } finally {
      open.remove(number);
    }
  }

  /** How many answers are awaited or will be. */
  int size() {
    return open.size();
  }

  /** Forgets what nobody came to await: its call has failed. */
  void sweep() {
    long now = nanos.getAsLong();
    open.values().removeIf(expected -> now - expected.since > KEPT);
  }
}
