// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.manager;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of one manager: daemons, named, started when first needed, ended by close.
 *
 * @param listeners a thread for each asynchronous listener that has something to hear
 * @param loading a bounded number of threads; none free, none queued: a task may wait for another
 * @param leaders one thread, at most, for each shared connection; only virtual threads need them
 * @param pages a bounded number of threads that fetch pages of iterations ahead; none queued
 * @param timer for short tasks at a time of day
 */
record ManagerThreads(
    ExecutorService listeners,
    ExecutorService loading,
    ExecutorService leaders,
    ExecutorService pages,
    ScheduledExecutorService timer)
    implements AutoCloseable {
  private static final int LOADS = 64;
  private static final int PAGES = 16;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final AtomicInteger MANAGERS = new AtomicInteger();

  static ManagerThreads create() {
    String prefix = "jcache-redis-" + MANAGERS.incrementAndGet() + "-";
    return new ManagerThreads(
        Executors.newCachedThreadPool(named(prefix + "listener-")),
        loading(named(prefix + "load-")),
        Executors.newCachedThreadPool(named(prefix + "lane-")),
        pages(named(prefix + "page-")),
        Executors.newSingleThreadScheduledExecutor(named(prefix + "timer-")));
  }

  private static ExecutorService loading(ThreadFactory threads) {
    return new ThreadPoolExecutor(
        0,
        LOADS,
        IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        threads,
        (task, pool) -> {
          throw new RejectedExecutionException(
              pool.isShutdown()
                  ? "its manager is closing"
                  : "its manager runs %d loadAll calls already; wait for one of them"
                      .formatted(LOADS));
        });
  }

  /** Who gets no thread fetches its page when it needs it. */
  private static ExecutorService pages(ThreadFactory threads) {
    return new ThreadPoolExecutor(
        0, PAGES, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    listeners.shutdownNow();
    loading.shutdownNow();
    leaders.shutdown();
    pages.shutdownNow();
    timer.shutdownNow();
  }
}
