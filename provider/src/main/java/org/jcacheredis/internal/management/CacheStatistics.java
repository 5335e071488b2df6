// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.management;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jcacheredis.RedisCacheStatisticsMXBean;
import org.jcacheredis.internal.entry.Effect;
import org.jcacheredis.internal.entry.Effect.Counter;

/**
 * The counters of one cache in this JVM. Counted only while enabled, faults excepted, and before
 * the counted call returns. Thread-safe.
 */
public final class CacheStatistics implements RedisCacheStatisticsMXBean {
  private static final float PERCENT = 100f;

  private final Tally hits = new Tally();
  private final Tally misses = new Tally();
  private final Tally puts = new Tally();
  private final Tally removals = new Tally();
  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  private volatile LongSupplier localEntries = () -> 0;
  private volatile Layout layout = new Layout("", 0);
  private volatile boolean enabled;

  private record Layout(String name, int partitions) {}

  /** What is counted beside the operations of the specification. */
  public enum Event {
    LOCAL_HIT,
    LOCAL_MISS,
    LOCAL_EVICTION,
    LOCAL_INVALIDATION,
    SUBSCRIPTION_GAP,
    SKIPPED_MESSAGE,
    LOST_EVENT;

    /** Whoever looks after a fault has happened wants to know of it. */
    private boolean isFault() {
      return compareTo(SUBSCRIPTION_GAP) >= 0;
    }
  }

  public CacheStatistics() {
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
  }

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

  /** Counts something that has happened so many times. */
  public void count(Event event, long times) {
    if (enabled || event.isFault()) {
      counter(event).add(times);
    }
  }

  /** Where the number of values in the local tier is to be had. */
  public void shows(LongSupplier localSize) {
    localEntries = localSize;
  }

  /** How the entries are laid out in Redis. */
  public void shows(String layoutName, int partitions) {
    layout = new Layout(layoutName, partitions);
  }

  private LongAdder counter(Event event) {
    return Objects.requireNonNull(events.get(event));
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
    events.values().forEach(LongAdder::reset);
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

  @Override
  public long getLocalHits() {
    return counter(Event.LOCAL_HIT).sum();
  }

  @Override
  public long getLocalMisses() {
    return counter(Event.LOCAL_MISS).sum();
  }

  @Override
  public long getLocalEvictions() {
    return counter(Event.LOCAL_EVICTION).sum();
  }

  @Override
  public long getLocalInvalidations() {
    return counter(Event.LOCAL_INVALIDATION).sum();
  }

  @Override
  public long getLocalEntries() {
    return localEntries.getAsLong();
  }

  @Override
  public long getSubscriptionGaps() {
    return counter(Event.SUBSCRIPTION_GAP).sum();
  }

  @Override
  public long getSkippedMessages() {
    return counter(Event.SKIPPED_MESSAGE).sum();
  }

  @Override
  public long getLostEvents() {
    return counter(Event.LOST_EVENT).sum();
  }

  @Override
  public String getLayout() {
    return layout.name;
  }

  @Override
  public int getPartitions() {
    return layout.partitions;
  }

  private float percentage(long part) {
    long gets = getCacheGets();
    return gets == 0 ? 0 : part * PERCENT / gets;
  }

  private static float micros(long nanos, long count) {
    return count == 0 ? 0 : (float) nanos / count / TimeUnit.MICROSECONDS.toNanos(1);
  }
}
