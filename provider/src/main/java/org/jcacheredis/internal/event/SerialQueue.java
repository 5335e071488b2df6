// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order they came, on a shared executor. Bounded: the caller
 * of a full queue is told. Thread-safe.
 */
final class SerialQueue {
  private final Executor executor;
  private final int capacity;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SerialQueue(Executor executor, int capacity) {
    this.executor = executor;
    this.capacity = capacity;
  }

  /** Adds a task; false, and nothing done, if the queue is full. */
  boolean offer(Runnable task) {
    synchronized (waiting) {
      if (waiting.size() >= capacity) {
        return false;
      }
      waiting.add(task);
      if (running) {
        return true;
      }
      running = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      // the manager is closing, and nobody hears anything after that
      clear();
    }
    return true;
  }

  /** Forgets what has not begun. */
  void clear() {
    synchronized (waiting) {
      waiting.clear();
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (Error e) {
        // this thread is lost to us, the tasks behind are not
        executor.execute(this::drain);
        throw e;
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable task = waiting.poll();
      running = task != null;
      return task;
    }
  }
}
