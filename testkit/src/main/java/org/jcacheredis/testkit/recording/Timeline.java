// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A growing list that other threads may wait for. Thread-safe. */
final class Timeline<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<T> entries = new ArrayList<>();

  void add(T entry) {
    lock.lock();
    try {
      entries.add(entry);
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<T> copy() {
    lock.lock();
    try {
      return List.copyOf(entries);
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the entries once there are as many, or throws and says what there is. */
  List<T> await(int count, Duration limit) {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (entries.size() < count) {
        if (left <= 0) {
          throw new AssertionError(
              "expected " + count + " within " + limit.toMillis() + " ms, but have " + entries);
        }
        left = grown.awaitNanos(left);
      }
      return List.copyOf(entries);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + count, e);
    } finally {
      lock.unlock();
    }
  }
}
