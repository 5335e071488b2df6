// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Nanoseconds that advance in steps, as a timer has time: reading them costs no more than a field.
 * Thread-safe.
 */
public final class CoarseClock implements Ticker, AutoCloseable {
  private final LongSupplier nanos;
  private final ScheduledFuture<?> ticking;
  private volatile long now;

  /**
   * A clock that goes.
   *
   * @param nanos the clock that it follows
   */
  public CoarseClock(LongSupplier nanos, Duration step, ScheduledExecutorService timer) {
    this.nanos = nanos;
    this.now = nanos.getAsLong();
    this.ticking =
        timer.scheduleAtFixedRate(this::tick, step.toNanos(), step.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void tick() {
    now = nanos.getAsLong();
  }

  @Override
  public long read() {
    return now;
  }

  /** The clock stands still from now on. */
  @Override
  public void close() {
    ticking.cancel(false);
  }
}
