// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** Notes every event of all four types in the order of the calls. Thread-safe. */
public final class RecordingListener<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V>,
        CacheEntryExpiredListener<K, V>,
        AutoCloseable {
  private final Timeline<RecordedEvent<K, V>> events = new Timeline<>();
  private final Timeline<Integer> batches = new Timeline<>();
  private final Timeline<String> closes = new Timeline<>();
  private final Gate gate = new Gate();

  /** A factory of this very listener. */
  public Factory<RecordingListener<K, V>> factory() {
    return new InstanceFactory<>(this);
  }

  /** A configuration of this very listener without a filter. */
  public MutableCacheEntryListenerConfiguration<K, V> configuration(
      boolean synchronous, boolean oldValueRequired) {
    return new MutableCacheEntryListenerConfiguration<>(
        factory(), null, oldValueRequired, synchronous);
  }

  /** Throws this after noting the events of a call; null to stop. */
  public void failWith(@Nullable RuntimeException exception) {
    gate.failWith(exception);
  }

  /** Waits for this after noting the events of a call; null to stop. */
  public void waitFor(@Nullable CountDownLatch latch) {
    gate.waitFor(latch);
  }

  /** What came so far. */
  public List<RecordedEvent<K, V>> events() {
    return events.copy();
  }

  /** What came so far of one type. */
  public List<RecordedEvent<K, V>> events(EventType type) {
    return events().stream().filter(event -> event.type() == type).toList();
  }

  /** The types of what came so far. */
  public List<EventType> types() {
    return events().stream().map(RecordedEvent::type).toList();
  }

  /** The number of events that each call brought. */
  public List<Integer> batches() {
    return batches.copy();
  }

  /** Forgets what came so far. */
  public void clear() {
    events.clear();
    batches.clear();
  }

  /** Returns as soon as so many events came; an {@link AssertionError} names what came instead. */
  public List<RecordedEvent<K, V>> awaitCount(int count, Duration limit) {
    return events.await(count, limit);
  }

  /** How often the cache closed this listener. */
  public int closeCount() {
    return closes.copy().size();
  }

  @Override
  public void close() {
    closes.add(Thread.currentThread().getName());
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> created) {
    note(created);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> updated) {
    note(updated);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> removed) {
    note(removed);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> expired) {
    note(expired);
  }

  private void note(Iterable<CacheEntryEvent<? extends K, ? extends V>> batch) {
    int size = 0;
    for (CacheEntryEvent<? extends K, ? extends V> event : batch) {
      events.add(RecordedEvent.of(event));
      size++;
    }
    batches.add(size);
    gate.pass();
  }
}
