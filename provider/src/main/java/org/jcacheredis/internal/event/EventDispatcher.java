// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells a cache's listeners of its changes: synchronous ones before the call returns, asynchronous
 * ones on an executor, each in the order in which it is told here. Thread-safe.
 */
public final class EventDispatcher<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

  private final Supplier<Cache<K, V>> source;
  private final Executor executor;
  private final int queueCapacity;
  private final Runnable lost;
  private final AtomicBoolean hasLost = new AtomicBoolean();
  private final List<Registered<K, V>> registered = new CopyOnWriteArrayList<>();

  private record Registered<K, V>(Subscription<K, V> subscription, SerialQueue queue) {}

  /**
   * What the listeners of a cache want to hear.
   *
   * @param anything whether there is a listener at all
   * @param oldValues whether one wants the values before a change
   * @param expiries whether one hears of expired entries
   * @param expiredValues whether one of those wants the values that expired
   * @param synchronous whether one is synchronous
   */
  public record Wants(
      boolean anything,
      boolean oldValues,
      boolean expiries,
      boolean expiredValues,
      boolean synchronous) {}

  /**
   * A dispatcher without listeners.
   *
   * @param queueCapacity the most events that wait for one asynchronous listener
   * @param lost run for each event that one is not told of, as too many are waiting
   */
  public EventDispatcher(
      Supplier<Cache<K, V>> source, Executor executor, int queueCapacity, Runnable lost) {
    this.source = source;
    this.executor = executor;
    this.queueCapacity = queueCapacity;
    this.lost = lost;
  }

  /**
   * Adds a listener.
   *
   * @param made makes the listener; not asked if it cannot be attached
   * @param before run with what the listeners want then, this one included, before it hears
   *     anything
   * @throws IllegalArgumentException if an equal configuration is registered already; nothing is
   *     attached then
   */
  public synchronized void register(
      CacheEntryListenerConfiguration<K, V> configuration,
      Supplier<Subscription<K, V>> made,
      Consumer<Wants> before) {
    if (find(configuration) != null) {
      throw new IllegalArgumentException(
          "cache '"
              + source.get().getName()
              + "': an equal listener configuration is registered already");
    }
    Registered<K, V> added = new Registered<>(made.get(), new SerialQueue(executor, queueCapacity));
    before.accept(wants(Stream.concat(registered.stream(), Stream.of(added)).toList()));
    registered.add(added);
  }

  /** What the listeners of this moment want to hear. */
  public Wants wants() {
    return wants(registered);
  }

  private static <K, V> Wants wants(List<Registered<K, V>> all) {
    return new Wants(
        !all.isEmpty(),
        all.stream().anyMatch(each -> each.subscription.wantsOldValues()),
        all.stream().anyMatch(each -> each.subscription.hears(EventType.EXPIRED)),
        all.stream()
            .anyMatch(
                each ->
                    each.subscription.hears(EventType.EXPIRED)
                        && each.subscription.wantsOldValues()),
        all.stream().anyMatch(each -> each.subscription.isSynchronous()));
  }

  /**
   * Takes a listener away, if it is registered. Its objects stay open: they may serve elsewhere.
   */
  public synchronized void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    Registered<K, V> found = find(configuration);
    if (found != null) {
      registered.remove(found);
      found.queue.clear();
    }
  }

  private @Nullable Registered<K, V> find(CacheEntryListenerConfiguration<K, V> configuration) {
    for (Registered<K, V> each : registered) {
      if (each.subscription.configuration().equals(configuration)) {
        return each;
      }
    }
    return null;
  }

  /** The configurations of the listeners that are registered now. */
  public List<CacheEntryListenerConfiguration<K, V>> configurations() {
    return registered.stream().map(each -> each.subscription.configuration()).toList();
  }

  /** Whether anybody listens at all. */
  public boolean isActive() {
    return !registered.isEmpty();
  }

  /**
   * Tells of a change. Every listener hears of it, whatever the others throw.
   *
   * @throws CacheEntryListenerException what the first failing synchronous listener threw
   */
  public void dispatch(List<EventType> types, EntryChange<K, V> change) {
    CacheEntryListenerException failure = null;
    for (EventType type : types) {
      for (Registered<K, V> each : registered) {
        CacheEntryListenerException thrown = tell(each, type, change);
        failure = failure == null ? thrown : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable CacheEntryListenerException tell(
      Registered<K, V> each, EventType type, EntryChange<K, V> change) {
    if (!each.subscription.hears(type)) {
      return null;
    }
    EntryEvent<K, V> event = new EntryEvent<>(source.get(), type, change);
    if (!each.subscription.isSynchronous()) {
      enqueue(each, event);
      return null;
    }
    try {
      each.subscription.deliver(event);
      return null;
    } catch (CacheEntryListenerException e) {
      return e;
    }
  }

  private void enqueue(Registered<K, V> each, EntryEvent<K, V> event) {
    boolean taken =
        each.queue.offer(
            () -> {
              try {
                each.subscription.deliver(event);
              } catch (CacheEntryListenerException e) {
                // nobody is there to catch what an asynchronous listener throws
                LOG.warn("cache '{}': {}", source.get().getName(), e.getMessage(), e);
              }
            });
    if (!taken) {
      lost.run();
      LOG.atLevel(hasLost.compareAndSet(false, true) ? Level.WARN : Level.DEBUG)
          .log(
              "cache '{}': an asynchronous listener has {} events waiting; this {} event is lost to it,"
                  + " as may be others. Make the listener faster or raise events.queue",
              source.get().getName(),
              queueCapacity,
              event.getEventType());
    }
  }

  /** Stops telling anybody, and returns what the listeners were made of. */
  public synchronized List<Object> close() {
    List<Object> collaborators = new ArrayList<>();
    for (Registered<K, V> each : registered) {
      collaborators.addAll(each.subscription.collaborators());
      each.queue.clear();
    }
    registered.clear();
    return collaborators;
  }
}
