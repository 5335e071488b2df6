// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What a proxy does to all its connections, and what it counted. Thread-safe. */
final class ProxyState {
  enum Mode {
    PASS,
    FREEZE,
    DROP_REPLIES
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongAdder requestBytes = new LongAdder();
  private final LongAdder replyBytes = new LongAdder();
  private final LongAdder roundTrips = new LongAdder();
  private Mode mode = Mode.PASS;
  private long delayNanos;

  void mode(Mode next) {
    change(() -> mode = next);
  }

  void delay(Duration duration) {
    change(() -> delayNanos = duration.toNanos());
  }

  /** Wakes those who wait, so that they see that their connection is closed. */
  void wake() {
    change(() -> {});
  }

  /** Waits while frozen and says what to do with the chunk. */
  Mode awaitUnfrozen(BooleanSupplier open) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (mode == Mode.FREEZE && open.getAsBoolean()) {
        changed.await();
      }
      return mode;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the delay, which a change of the delay or the end of the connection cuts short. */
  void awaitDelay(long sinceNanos, BooleanSupplier open) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = sinceNanos + delayNanos - System.nanoTime();
      while (left > 0 && open.getAsBoolean()) {
        changed.await(left, TimeUnit.NANOSECONDS);
        left = sinceNanos + delayNanos - System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  void countRequest(int bytes, boolean startsRoundTrip) {
    requestBytes.add(bytes);
    if (startsRoundTrip) {
      roundTrips.increment();
    }
  }

  void countReply(int bytes) {
    replyBytes.add(bytes);
  }

  long requestBytes() {
    return requestBytes.sum();
  }

  long replyBytes() {
    return replyBytes.sum();
  }

  long roundTrips() {
    return roundTrips.sum();
  }

  void resetCounts() {
    requestBytes.reset();
    replyBytes.reset();
    roundTrips.reset();
  }

  private void change(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
