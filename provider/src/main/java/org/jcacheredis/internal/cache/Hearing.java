// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.event.EntryChange;
import org.jcacheredis.internal.event.EventDispatcher;
import org.jcacheredis.internal.event.EventOrder;
import org.jcacheredis.internal.group.Foreign;
import org.jcacheredis.internal.group.Member;
import org.jcacheredis.internal.group.Receiver;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jcacheredis.internal.management.CacheStatistics.Event;
import org.jcacheredis.internal.store.Announcement;
import org.jcacheredis.internal.store.Announcing;
import org.jcacheredis.internal.store.EntryStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one cache hears from the server, made into events: announced changes, writes of clients that
 * announce nothing, and the end of an entry's time, whose value somebody has to fetch. Called by
 * the reading thread; listeners run elsewhere, those of own changes in the callers.
 */
final class Hearing<K, V> implements Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  private static final long SWEEP = 250;
  private static final EventDispatcher.Wants NOTHING =
      new EventDispatcher.Wants(false, false, false, false, false);

  private final Parts<K, V> parts;
  private final Ends ends;
  private final AtomicBoolean hasLost = new AtomicBoolean();
  private boolean closed;
  private @Nullable Future<?> sweeps;

  /**
   * What it works with.
   *
   * @param pool runs short talks with the server
   * @param timer looks now and then for what should have come
   */
  record Parts<K, V>(
      EventDispatcher<K, V> dispatcher,
      EventOrder order,
      Member member,
      EntryStore store,
      Coding<K, V> coding,
      @Nullable LocalTier<K, V> local,
      CacheStatistics statistics,
      Executor pool,
      ScheduledExecutorService timer) {}

  Hearing(Parts<K, V> parts) {
    this.parts = parts;
    this.ends =
        new Ends(
            new Ends.Parts(
                parts.coding.cache(),
                parts.member,
                parts.store,
                parts.statistics,
                parts.pool,
                parts.timer,
                key -> foreign(key, EventType.EXPIRED, null)));
  }

  /** What the listeners want from now on. */
  synchronized void listen(EventDispatcher.Wants wants) {
    if (!closed) {
      serve(wants);
    }
  }

  private void serve(EventDispatcher.Wants wants) {
    if (wants.anything() && sweeps == null) {
      sweeps = parts.timer.scheduleWithFixedDelay(this::sweep, SWEEP, SWEEP, TimeUnit.MILLISECONDS);
    } else if (!wants.anything() && sweeps != null) {
      sweeps.cancel(false);
      sweeps = null;
    }
    ends.hear(wants.expiries());
  }

  synchronized void close() {
    closed = true;
    serve(NOTHING);
    ends.clear();
  }

  @Override
  public void announced(Announcement change) {
    if (!ends.announced(change)) {
      return;
    }
    if (!parts.dispatcher.isActive() || types(change.kind()).isEmpty()) {
      acknowledge(change);
    } else if (parts.member.isOwn(change)) {
      parts.order.echo(change.key(), change.id(), () -> tell(change));
    } else if (!follow(change.key(), () -> tellAndAcknowledge(change))) {
      acknowledge(change);
    }
  }

  private void tellAndAcknowledge(Announcement change) {
    try {
      tell(change);
    } finally {
      parts.member.acknowledge(change);
    }
  }

  /** Not by the reading thread: it must not wait for the server. */
  private void acknowledge(Announcement change) {
    if (change.wishes().contains(Announcing.Wish.ACKNOWLEDGEMENT)) {
      inPool(() -> parts.member.acknowledge(change));
    }
  }

  private void tell(Announcement change) {
    byte[] value = change.value();
    byte[] previous = change.previous();
    dispatch(
        types(change.kind()),
        new EntryChange<>(
            () -> parts.coding.key(change.key()),
            value == null ? null : () -> parts.coding.valueOrMiss(change.key(), value),
            previous == null ? null : () -> parts.coding.valueOrMiss(change.key(), previous)));
  }

  /** Of a change that no caller of this JVM waits for. */
  private void dispatch(List<EventType> types, EntryChange<K, V> change) {
    try {
      parts.dispatcher.dispatch(types, change);
    } catch (CacheEntryListenerException e) {
      LOG.warn("cache '{}': {}", parts.coding.cache(), e.getMessage(), e);
    }
  }

  private static List<EventType> types(Announcement.Kind kind) {
    return switch (kind) {
      case CREATED -> List.of(EventType.CREATED);
      case UPDATED -> List.of(EventType.UPDATED);
      case UPDATED_AND_EXPIRED -> List.of(EventType.UPDATED, EventType.EXPIRED);
      case REMOVED -> List.of(EventType.REMOVED);
      case EXPIRED -> List.of(EventType.EXPIRED);
      case SILENT, SHORTENED -> List.of();
    };
  }

  @Override
  public void notified(EntryKey key, Foreign change) {
    switch (change) {
      case CREATED -> written(key, EventType.CREATED);
      case UPDATED -> written(key, EventType.UPDATED);
      case REMOVED -> removed(key);
      case EXPIRED -> ends.ended(key);
      case LIFETIME -> ends.prolonged(key);
    }
  }

  /** The message has no value: who looks gets what is there then. */
  private void written(EntryKey key, EventType type) {
    ends.stored(key);
    Supplier<@Nullable V> value =
        () -> parts.coding.valueOrMiss(key, parts.store.read(key, Lifetimes.UNCHANGED));
    foreign(key, type, value);
  }

  private void removed(EntryKey key) {
    ends.removed(key);
    foreign(key, EventType.REMOVED, null);
  }

  private void foreign(EntryKey key, EventType type, @Nullable Supplier<@Nullable V> current) {
    if (parts.dispatcher.isActive()) {
      follow(
          key,
          () ->
              dispatch(
                  List.of(type), new EntryChange<>(() -> parts.coding.key(key), current, null)));
    }
  }

  private boolean follow(EntryKey key, Runnable telling) {
    boolean isTaken = parts.order.foreign(key, telling);
    if (!isTaken) {
      parts.statistics.count(Event.LOST_EVENT, 1);
    }
    if (!isTaken && hasLost.compareAndSet(false, true)) {
      LOG.warn(
          "cache '{}': events of other JVMs come faster than the listeners take them; one is lost,"
              + " as may be others. Make the listeners faster or raise events.queue",
          parts.coding.cache());
    }
    return isTaken;
  }

  private void inPool(Runnable task) {
    try {
      parts.pool.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }

  /** What should have come by now will not come. */
  private void sweep() {
    parts.order.sweep();
    ends.sweep();
  }

  @Override
  public void invalidated(@Nullable EntryKey key) {
    LocalTier<K, V> local = parts.local;
    if (local == null) {
      return;
    }
    if (key == null) {
      local.invalidateAll();
    } else {
      local.invalidate(key);
    }
  }

  @Override
  public void skipped() {
    parts.statistics.count(Event.SKIPPED_MESSAGE, 1);
  }

  @Override
  public void linkUp() {
    parts.order.linkUp();
    LocalTier<K, V> local = parts.local;
    if (local != null && parts.member.isTracking()) {
      // anew each time: a link that came up for others may have come before the tracking did
      local.resume();
    }
    ends.linkUp();
  }

  @Override
  public void linkDown() {
    parts.statistics.count(Event.SUBSCRIPTION_GAP, 1);
    parts.order.linkDown();
    ends.linkDown();
    if (parts.local != null) {
      parts.local.suspend();
    }
  }
}
