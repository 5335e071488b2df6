// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.event.EntryChange;
import org.jcacheredis.internal.event.EventDispatcher;
import org.jcacheredis.internal.event.EventOrder;
import org.jcacheredis.internal.event.Subscription;
import org.jcacheredis.internal.group.Member;
import org.jcacheredis.internal.group.Need;

/**
 * The listeners of one cache as its operations see them. What this JVM changes is told by the
 * caller, in the turn that the change has among all changes of the key; what others change comes
 * from {@link Hearing}. Thread-safe.
 */
final class EventFlow<K, V> {
  private final EventDispatcher<K, V> dispatcher;
  private final EventOrder order;
  private final Member member;
  private final Hearing<K, V> hearing;
  private final Duration deadline;

  /** Held while needs change: each change names all of them. */
  private final Object serving = new Object();

  private volatile boolean tracks;

  /**
   * The flow of one cache.
   *
   * @param deadline the longest wait for synchronous listeners in other JVMs
   */
  EventFlow(
      EventDispatcher<K, V> dispatcher,
      EventOrder order,
      Member member,
      Hearing<K, V> hearing,
      Duration deadline) {
    this.dispatcher = dispatcher;
    this.order = order;
    this.member = member;
    this.hearing = hearing;
    this.deadline = deadline;
  }

  /** Whether anybody listens in this JVM. */
  boolean isActive() {
    return dispatcher.isActive();
  }

  /**
   * Tells of a change that this JVM has made, and waits for synchronous listeners elsewhere if the
   * cache is to.
   *
   * @param change its number in the announcement; 0 if it was not announced
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener here fails
   */
  void tell(EntryKey key, long change, List<EventType> types, EntryChange<K, V> what) {
    try {
      if (change == 0) {
        dispatcher.dispatch(types, what);
      } else if (isActive()) {
        order.inTurn(key, change, () -> dispatcher.dispatch(types, what));
      }
    } finally {
      if (change != 0) {
        member.awaitOthers(change, deadline);
      }
    }
  }

  /** Whether nobody listens, in whichever JVM; the first call may take a round trip. */
  boolean areUnheard() {
    return !isActive() && member.next() == null;
  }

  /**
   * Adds a listener. It hears of all changes from the return of this method on, if the server is
   * there; else as soon as it is.
   *
   * @throws IllegalArgumentException if an equal configuration is registered already
   */
  void register(CacheEntryListenerConfiguration<K, V> configuration) {
    register(configuration, () -> new Subscription<>(configuration));
  }

  /** As {@link #register}, with a listener that somebody has made, or makes. */
  void register(
      CacheEntryListenerConfiguration<K, V> configuration, Supplier<Subscription<K, V>> made) {
    synchronized (serving) {
      if (!isActive()) {
        order.forget();
      }
      dispatcher.register(configuration, made, this::serve);
      hearing.listen(dispatcher.wants());
    }
  }

  void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    synchronized (serving) {
      dispatcher.deregister(configuration);
      serve(dispatcher.wants());
      hearing.listen(dispatcher.wants());
    }
  }

  /** Asks for invalidations; returns as soon as they come, or the server is not there. */
  void track() {
    if (tracks) {
      return;
    }
    synchronized (serving) {
      tracks = true;
      serve(dispatcher.wants());
    }
  }

  private void serve(EventDispatcher.Wants wants) {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    if (tracks) {
      needs.add(Need.INVALIDATIONS);
    }
    if (wants.anything()) {
      needs.add(Need.EVENTS);
    }
    if (wants.oldValues()) {
      needs.add(Need.OLD_VALUES);
    }
    // of an entry that is no key, nobody hears the end who has no copy of it
    if (wants.expiredValues() || (wants.expiries() && !member.isByKeys())) {
      needs.add(Need.EXPIRED_VALUES);
    }
    if (wants.synchronous()) {
      needs.add(Need.ACKNOWLEDGING);
    }
    member.need(needs);
  }

  List<CacheEntryListenerConfiguration<K, V>> configurations() {
    return dispatcher.configurations();
  }

  /** Stops telling anybody, and returns what the listeners were made of. */
  List<Object> close() {
    List<Object> collaborators = new ArrayList<>(dispatcher.close());
    hearing.close();
    member.leave();
    order.linkDown();
    return collaborators;
  }
}
