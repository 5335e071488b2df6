// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.util.Set;
import java.util.function.Consumer;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/** A listener that says what it hears. */
final class EventPrinter<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V> {
  private static final Set<EventType> GONE = Set.of(EventType.REMOVED, EventType.EXPIRED);

  private final Consumer<String> out;

  EventPrinter(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(this::print);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(this::print);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(this::print);
  }

  private void print(CacheEntryEvent<? extends K, ? extends V> event) {
    out.accept(text(event));
  }

  /** The event in a line: its type, its key, what was there and what is. */
  static String text(CacheEntryEvent<?, ?> event) {
    String before = event.isOldValueAvailable() ? event.getOldValue() + " -> " : "";
    String after = GONE.contains(event.getEventType()) ? "nothing" : "" + event.getValue();
    return "event %s %s: %s".formatted(event.getEventType(), event.getKey(), before + after);
  }
}
