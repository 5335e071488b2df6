// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.manager;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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
 * @param telling a bounded number of threads that tell listeners of what other JVMs did
 * @param background a bounded number of threads for short talks with the server
 * @param subscribing the one thread that reads the connection that hears of it
 * @param pages a bounded number of threads that fetch pages of iterations ahead; none queued
 * @param timer for short tasks at a time of day
 */
record ManagerThreads(
    ExecutorService listeners,
    ExecutorService loading,
    ExecutorService leaders,
    ExecutorService telling,
    ExecutorService background,
    ExecutorService subscribing,
    ExecutorService pages,
    ScheduledExecutorService timer)
    implements AutoCloseable {
  private static final int LOADS = 64;
  private static final int PAGES = 16;
  private static final int TELLERS = 8;
  private static final int TALKERS = 4;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final AtomicInteger MANAGERS = new AtomicInteger();

  static ManagerThreads create() {
    String prefix = "jcache-redis-" + MANAGERS.incrementAndGet() + "-";
    return new ManagerThreads(
        Executors.newCachedThreadPool(named(prefix + "listener-")),
        loading(named(prefix + "load-")),
        Executors.newCachedThreadPool(named(prefix + "lane-")),
        bounded(TELLERS, named(prefix + "event-")),
        bounded(TALKERS, named(prefix + "background-")),
        Executors.newCachedThreadPool(named(prefix + "subscriber-")),
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

  /** What finds no thread free waits. */
  private static ExecutorService bounded(int size, ThreadFactory threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
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
    telling.shutdownNow();
    background.shutdownNow();
    subscribing.shutdownNow();
    pages.shutdownNow();
    timer.shutdownNow();
  }
}
