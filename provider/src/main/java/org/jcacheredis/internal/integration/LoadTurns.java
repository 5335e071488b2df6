// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Leases;
import org.jspecify.annotations.Nullable;

/**
 * JVMs take turns to load one key: one holds the lease and loads, the others wait for what it
 * stores. The wait is bounded; after it the caller loads by itself. Thread-safe.
 */
public final class LoadTurns {
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final Leases leases;
  private final Duration longestWait;
  private final ScheduledExecutorService renewals;

  public LoadTurns(Leases leases, Duration longestWait, ScheduledExecutorService renewals) {
    this.leases = leases;
    this.longestWait = longestWait;
    this.renewals = renewals;
  }

  /**
   * The value of a key that was absent a moment ago.
   *
   * @param stored looks whether another JVM has stored it meanwhile
   * @param load loads and stores it
   */
  public <T> @Nullable T take(
      EntryKey key, Supplier<@Nullable T> stored, Supplier<@Nullable T> load) {
    long deadline = System.nanoTime() + longestWait.toNanos();
    Leases.Lease lease = leases.take(key);
    for (long pause = FIRST_PAUSE; lease == null; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      T found = stored.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return load.get();
      }
      LockSupport.parkNanos(this, pause);
      lease = leases.take(key);
    }
    return lead(lease, stored, load);
  }

  private <T> @Nullable T lead(
      Leases.Lease lease, Supplier<@Nullable T> stored, Supplier<@Nullable T> load) {
    long third = leases.ttl().toNanos() / 3;
    Future<?> renewal =
        renewals.scheduleAtFixedRate(lease::renew, third, third, TimeUnit.NANOSECONDS);
    try {
      // the turn before this one may have stored it
      T found = stored.get();
      return found != null ? found : load.get();
    } finally {
      renewal.cancel(false);
      lease.release();
    }
  }
}
