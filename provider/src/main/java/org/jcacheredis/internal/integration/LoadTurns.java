// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Leases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JVMs take turns to load one key: one holds the lease and loads, the others wait for what it
 * stores. The wait is bounded; after it the caller loads by itself. Thread-safe.
 */
public final class LoadTurns {
  private static final Logger LOG = LoggerFactory.getLogger(LoadTurns.class);
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
    Future<?> renewal = renewing(lease);
    try {
      // the turn before this one may have stored it
      T found = stored.get();
      return found != null ? found : load.get();
    } finally {
      if (renewal != null) {
        renewal.cancel(false);
      }
      lease.release();
    }
  }

  private @Nullable Future<?> renewing(Leases.Lease lease) {
    long third = leases.ttl().toNanos() / 3;
    try {
      return renewals.scheduleAtFixedRate(() -> renew(lease), third, third, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // the manager is closing: this load ends without renewal
      LOG.debug("a lease is not renewed: {}", e.getMessage());
      return null;
    }
  }

  /** A failure here must not end the renewals to come. */
  private static void renew(Leases.Lease lease) {
    try {
      lease.renew();
    } catch (RuntimeException e) {
      LOG.debug("a lease was not renewed, the next turn tries again: {}", e.getMessage());
    }
  }
}
