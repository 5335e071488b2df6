// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcacheredis.internal.entry.Effect;
import org.jcacheredis.internal.entry.Effect.Counter;

/**
 * The counters of one cache in this JVM. Counted only while enabled, and before the counted call
 * returns. Thread-safe.
 */
public final class CacheStatistics implements CacheStatisticsMXBean {
  private static final float PERCENT = 100f;

  private final Tally hits = new Tally();
  private final Tally misses = new Tally();
  private final Tally puts = new Tally();
  private final Tally removals = new Tally();
  private volatile boolean enabled;

  /** A number of operations and the time they took. */
  private static final class Tally {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
      count.increment();
      nanos.add(took);
    }

    void reset() {
      count.reset();
      nanos.reset();
    }
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** Counts one operation that took {@code nanos}, time in loaders not included. */
  public void record(Effect effect, long nanos) {
    if (enabled) {
      for (Counter counter : effect.counters()) {
        tally(counter).add(nanos);
      }
    }
  }

  private Tally tally(Counter counter) {
    return switch (counter) {
      case HIT -> hits;
      case MISS -> misses;
      case PUT -> puts;
      case REMOVAL -> removals;
    };
  }

  @Override
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
  }

  @Override
  public long getCacheHits() {
    return hits.count.sum();
  }

  @Override
  public float getCacheHitPercentage() {
    return percentage(getCacheHits());
  }

  @Override
  public long getCacheMisses() {
    return misses.count.sum();
  }

  @Override
  public float getCacheMissPercentage() {
    return percentage(getCacheMisses());
  }

  @Override
  public long getCacheGets() {
    return getCacheHits() + getCacheMisses();
  }

  @Override
  public long getCachePuts() {
    return puts.count.sum();
  }

  @Override
  public long getCacheRemovals() {
    return removals.count.sum();
  }

  /** Always 0: the server evicts, and does not tell who lost what. */
  @Override
  public long getCacheEvictions() {
    return 0;
  }

  @Override
  public float getAverageGetTime() {
    return micros(hits.nanos.sum() + misses.nanos.sum(), getCacheGets());
  }

  @Override
  public float getAveragePutTime() {
    return micros(puts.nanos.sum(), getCachePuts());
  }

  @Override
  public float getAverageRemoveTime() {
    return micros(removals.nanos.sum(), getCacheRemovals());
  }

  private float percentage(long part) {
    long gets = getCacheGets();
    return gets == 0 ? 0 : part * PERCENT / gets;
  }

  private static float micros(long nanos, long count) {
    return count == 0 ? 0 : (float) nanos / count / TimeUnit.MICROSECONDS.toNanos(1);
  }
}
