// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns between JVMs at one key. A lease belongs to its token, ends by itself when its JVM dies,
 * and protects nothing by itself: what it guards must be correct without it, too.
 */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final EntryStore store;
  private final Duration ttl;

  /** Leases that live in {@code store}, a key space of their own. */
  public Leases(EntryStore store, Duration ttl) {
    this.store = store;
    this.ttl = ttl;
  }

  /** The time after which a lease that is not renewed ends. */
  public Duration ttl() {
    return ttl;
  }

  /** Takes the lease if it is free; one round trip. */
  public @Nullable Lease take(EntryKey key) {
    byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    Outcome outcome = store.apply(change(key, Mutation.store(token).ifAbsent()));
    return outcome.is(Outcome.Kind.CREATED) ? new Lease(key, token) : null;
  }

  /**
   * Waits for the lease, but no longer than it can be held by a JVM that died, nor beyond {@code
   * deadline} in {@link System#nanoTime}; null if the time is up or the thread interrupted.
   */
  public @Nullable Lease await(EntryKey key, long deadline) {
    long end = Math.min(deadline - System.nanoTime(), ttl.toNanos()) + System.nanoTime();
    Lease lease = take(key);
    for (long pause = FIRST_PAUSE; lease == null; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return null;
      }
      LockSupport.parkNanos(this, pause);
      lease = take(key);
    }
    return lease;
  }

  private Change change(EntryKey key, Mutation mutation) {
    return new Change(key, mutation, Lifetimes.of(Lifetimes.millis(ttl)));
  }

  /** A lease held by this JVM. */
  public final class Lease {
    private final EntryKey key;
    private final byte[] token;

    private Lease(EntryKey key, byte[] token) {
      this.key = key;
      this.token = token;
    }

    /** Starts the time anew; false if the lease was lost meanwhile. */
    public boolean renew() {
      return store.apply(change(key, Mutation.store(token).ifEqual(token))).isDone();
    }

    /** Gives the lease back; a lease lost meanwhile is left to its new holder. */
    public void release() {
      try {
        store.apply(change(key, Mutation.remove().ifEqual(token)));
      } catch (RedisException e) {
        // what the lease protected is done; the lease ends by itself
        LOG.debug("lease of key '{}' not given back: {}", key, e.getMessage());
      }
    }
  }
}
