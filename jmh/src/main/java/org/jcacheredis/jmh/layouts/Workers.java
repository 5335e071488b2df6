// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that make one call again and again, all at the same time. */
final class Workers implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int count;
  private final ExecutorService threads;

  Workers(int count) {
    this.count = count;
    threads = Executors.newFixedThreadPool(count);
  }

  /** How many calls all of them made in a second, measured for that long. */
  double callsASecond(Duration time, Runnable call) {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    Callable<Long> worker =
        () -> {
          long calls = 0;
          while (System.nanoTime() - end < 0) {
            call.run();
            calls++;
          }
          return calls;
        };
    long calls = sum(Collections.nCopies(count, worker));
    return calls * NANOS_PER_SECOND / (System.nanoTime() - start);
  }

  private long sum(List<Callable<Long>> workers) {
    try {
      long sum = 0;
      for (Future<Long> worker : threads.invokeAll(workers)) {
        sum += worker.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement was interrupted; start it again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call failed; the cause says why", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
