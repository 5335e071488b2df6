// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/** A synchronous listener that takes its time, and notes an event when it is done with it. */
final class SlowListener
    implements CacheEntryCreatedListener<String, String>,
        CacheEntryUpdatedListener<String, String>,
        CacheEntryRemovedListener<String, String> {
  private final List<EventType> done = new CopyOnWriteArrayList<>();
  private final Duration time;

  SlowListener(Duration time) {
    this.time = time;
  }

  MutableCacheEntryListenerConfiguration<String, String> configuration() {
    Factory<SlowListener> factory = () -> this;
    return new MutableCacheEntryListenerConfiguration<>(factory, null, false, true);
  }

  List<EventType> done() {
    return List.copyOf(done);
  }

  void clear() {
    done.clear();
  }

  private void work(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    events.forEach(event -> done.add(event.getEventType()));
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    work(events);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    work(events);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    work(events);
  }
}
