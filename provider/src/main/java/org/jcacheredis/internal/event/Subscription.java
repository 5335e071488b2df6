// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** One listener with its filter, both made once, here. */
public final class Subscription<K, V> {
  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final Map<EventType, Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>>>
      handlers = new EnumMap<>(EventType.class);

  /** Makes listener and filter; if a factory fails, nothing is left open. */
  public Subscription(CacheEntryListenerConfiguration<K, V> configuration) {
    this.configuration = configuration;
    this.listener = configuration.getCacheEntryListenerFactory().create();
    this.filter = filter(configuration.getCacheEntryEventFilterFactory());
    bind();
  }

  private @Nullable CacheEntryEventFilter<? super K, ? super V> filter(
      @Nullable Factory<CacheEntryEventFilter<? super K, ? super V>> filters) {
    try {
      return filters == null ? null : filters.create();
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
  }

  /** Without its filter nobody will ever hear of the listener. */
  private void closeAfter(Throwable failure) {
    if (listener instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  @SuppressWarnings("unchecked") // a listener of super types hears of sub types
  private void bind() {
    if (listener instanceof CacheEntryCreatedListener<?, ?> created) {
      handlers.put(
          EventType.CREATED, e -> ((CacheEntryCreatedListener<K, V>) created).onCreated(e));
    }
    if (listener instanceof CacheEntryUpdatedListener<?, ?> updated) {
      handlers.put(
          EventType.UPDATED, e -> ((CacheEntryUpdatedListener<K, V>) updated).onUpdated(e));
    }
    if (listener instanceof CacheEntryRemovedListener<?, ?> removed) {
      handlers.put(
          EventType.REMOVED, e -> ((CacheEntryRemovedListener<K, V>) removed).onRemoved(e));
    }
    if (listener instanceof CacheEntryExpiredListener<?, ?> expired) {
      handlers.put(
          EventType.EXPIRED, e -> ((CacheEntryExpiredListener<K, V>) expired).onExpired(e));
    }
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  boolean isSynchronous() {
    return configuration.isSynchronous();
  }

  boolean wantsOldValues() {
    return configuration.isOldValueRequired();
  }

  /** Whether the listener takes events of this type. */
  public boolean hears(EventType type) {
    return handlers.containsKey(type);
  }

  /** The objects that the application gave and may want closed. */
  public List<Object> collaborators() {
    return filter == null ? List.of(listener) : List.of(listener, filter);
  }

  /**
   * Filters and delivers one event.
   *
   * @throws CacheEntryListenerException if the filter or the listener fails
   */
  void deliver(CacheEntryEvent<K, V> event) {
    Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>> handler =
        handlers.get(event.getEventType());
    try {
      if (handler != null && (filter == null || filter.evaluate(event))) {
        handler.accept(List.of(event));
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheEntryListenerException("the CacheEntryListener failed: " + e, e);
    }
  }
}
