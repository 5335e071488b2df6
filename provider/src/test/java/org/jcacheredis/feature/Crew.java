// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** Threads that begin their work at the same moment; none is left when the crew is closed. */
public final class Crew implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final ExecutorService pool =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "crew");
            threads.add(thread);
            return thread;
          });

  /** Runs {@code work} of 0 to {@code size} - 1 at once and gives the results in this order. */
  public static <T> List<T> together(int size, IntFunction<Callable<T>> work) {
    try (Crew crew = new Crew()) {
      CyclicBarrier start = new CyclicBarrier(size);
      List<Future<T>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Callable<T> part = work.apply(i);
        all.add(
            crew.begin(
                () -> {
                  start.await();
                  return part.call();
                }));
      }
      return all.stream().map(Crew::result).toList();
    }
  }

  public <T> Future<T> begin(Callable<T> work) {
    return pool.submit(work);
  }

  /** Returns when so many threads wait for something else than the network. */
  public void awaitParked(int count) {
    Awaitility.await()
        .until(
            () -> threads.stream().filter(thread -> isParked(thread.getState())).count() == count);
  }

  private static boolean isParked(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  /** What a thread returned; what it threw, if it is unchecked. */
  public static <T> T result(Future<T> future) {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
