// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** A listener of all four types; what it hears waits until somebody asks for it. Thread-safe. */
final class EventQueue<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V>,
        CacheEntryExpiredListener<K, V> {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  /**
   * The next event as a text, as soon as it comes.
   *
   * @throws IllegalStateException if none comes within that time
   */
  String next(Duration patience) {
    try {
      String event = heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new IllegalStateException("no event came within " + patience.toSeconds() + " s");
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an event", e);
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(event -> heard.add(EventPrinter.text(event)));
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(event -> heard.add(EventPrinter.text(event)));
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(event -> heard.add(EventPrinter.text(event)));
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    events.forEach(event -> heard.add(EventPrinter.text(event)));
  }
}
