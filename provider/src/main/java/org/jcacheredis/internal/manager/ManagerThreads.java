// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.manager;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All threads of one manager: daemons, named, started when first needed, ended by close.
 *
 * @param background as many threads as there are tasks at a time: a task may wait for another
 * @param timer for short tasks at a time of day
 */
record ManagerThreads(ExecutorService background, ScheduledExecutorService timer)
    implements AutoCloseable {
  private static final AtomicInteger MANAGERS = new AtomicInteger();

  static ManagerThreads create() {
    String prefix = "jcache-redis-" + MANAGERS.incrementAndGet() + "-";
    return new ManagerThreads(
        Executors.newCachedThreadPool(named(prefix + "background-")),
        Executors.newSingleThreadScheduledExecutor(named(prefix + "timer-")));
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
    background.shutdownNow();
    timer.shutdownNow();
  }
}
