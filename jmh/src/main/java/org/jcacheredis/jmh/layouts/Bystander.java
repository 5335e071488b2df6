// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.net.URI;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/** Another client of the server, which asks it now and then and sees how long it waits. */
final class Bystander implements AutoCloseable {
  private static final long PAUSE_NANOS = 500_000;

  private final Jedis redis;
  private final Thread thread = new Thread(this::ask, "bystander");
  private volatile boolean isOver;
  private long longestNanos;

  /** Begins to ask. */
  Bystander(URI server) {
    redis = new Jedis(server);
    redis.ping();
    thread.setDaemon(true);
    thread.start();
  }

  private void ask() {
    while (!isOver) {
      longestNanos = Math.max(longestNanos, Timing.nanos(redis::ping));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ceases to ask; the longest wait of all. */
  double longestMillis() {
    isOver = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the measurement was interrupted; start it again", e);
    }
    return Timing.millis(longestNanos);
  }

  @Override
  public void close() {
    isOver = true;
    redis.close();
  }
}
