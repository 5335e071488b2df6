// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connection of one lane: opened when first needed, opened anew after it broke, not sooner than
 * the back-off allows. Used by the one thread that leads the lane.
 */
final class LaneConnection {
  private static final Logger LOG = LoggerFactory.getLogger(LaneConnection.class);
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long QUIET = TimeUnit.SECONDS.toNanos(5);
  private static final int LONGEST_PAUSE_SHIFT = 4;

  private final Supplier<Connection> opening;
  private final AtomicInteger breaks;
  private final LongSupplier nanos;
  private @Nullable Connection connection;
  private int breaksSeen;
  private int failures;
  private long lastFailure;
  private long lastUse;

  /**
   * A connection that is not open yet.
   *
   * @param breaks counts connections to the server that broke, or could not be made: what is older
   *     than that is not trusted any more
   * @param nanos the clock of pauses and quiet times, as {@link System#nanoTime}
   */
  LaneConnection(Supplier<Connection> opening, AtomicInteger breaks, LongSupplier nanos) {
    this.nanos = nanos;
    this.opening = opening;
    this.breaks = breaks;
  }

  /**
   * The connection, open and trusted.
   *
   * @throws JedisException if it cannot be opened
   */
  Connection ready() {
    Connection current = connection;
    long now = nanos.getAsLong();
    boolean wasQuiet = now - lastUse > QUIET;
    lastUse = now;
    if (current != null && breaksSeen == breaks.get() && !(wasQuiet && isDead(current))) {
      return current;
    }
    drop();
    backOff();
    return open();
  }

  /** Servers and firewalls drop quiet connections, and a write would be lost on such a one. */
  private boolean isDead(Connection quiet) {
    try {
      return !quiet.ping();
    } catch (JedisException e) {
      if (Failures.isTimeout(e)) {
        // the server is silent: a new connection would be, too
        drop();
        throw e;
      }
      LOG.debug("a quiet connection is opened anew: {}", e.getMessage());
      return true;
    }
  }

  private Connection open() {
    breaksSeen = breaks.get();
    try {
      Connection opened = opening.get();
      connection = opened;
      failures = 0;
      return opened;
    } catch (JedisException e) {
      noteFailure();
      if (Failures.isBroken(e)) {
        breaks.incrementAndGet();
      }
      throw e;
    } catch (RuntimeException | Error e) {
      // those who wait must hear of it as of any other failure
      noteFailure();
      throw new JedisException("opening a connection failed", e);
    }
  }

  private void noteFailure() {
    failures = Math.min(failures + 1, LONGEST_PAUSE_SHIFT + 1);
    lastFailure = nanos.getAsLong();
  }

  /** After a failure to connect, a pause of 5 ms that doubles up to 80 ms. */
  private void backOff() {
    if (failures > 0) {
      long pause = FIRST_PAUSE << (failures - 1);
      LockSupport.parkNanos(this, pause - (nanos.getAsLong() - lastFailure));
    }
  }

  /** Closes the connection after a failure. */
  void broken(JedisException e) {
    drop();
    if (!Failures.isTimeout(e)) {
      // the others to this server are likely as dead as this one
      breaks.incrementAndGet();
    }
  }

  void drop() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      disconnect(current);
    }
  }

  /** Without the flush of an orderly end, which could block. */
  static void disconnect(Connection connection) {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      LOG.debug("closing a connection failed: {}", e.getMessage());
    }
  }
}
