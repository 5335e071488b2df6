// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.group.Member;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jcacheredis.internal.management.CacheStatistics.Event;
import org.jcacheredis.internal.store.Announcement;
import org.jcacheredis.internal.store.Announcing;
import org.jcacheredis.internal.store.EntryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of entries whose time runs out: when they are due, who finds out, and that each is told
 * once, with its value if somebody knows it. Thread-safe; never waits for the server.
 */
final class Ends {
  private static final Logger LOG = LoggerFactory.getLogger(Ends.class);
  private static final int MOST_DUE = 1_000_000;

  /** After so long others know who listens: those who hear of it, and those who have to ask. */
  private static final List<Duration> OTHERS_KNOW =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(12));

  private final Parts parts;
  private final DueKeys due;
  private final Claims claims;
  private final Expiries expiries;
  private final AtomicBoolean hasOverlooked = new AtomicBoolean();
  private volatile boolean heard;

  /**
   * What it works with.
   *
   * @param cache its name
   * @param pool runs short talks with the server
   * @param tellingWithoutValue is told of ends whose values are not known; must not block
   */
  record Parts(
      String cache,
      Member member,
      EntryStore store,
      CacheStatistics statistics,
      Executor pool,
      ScheduledExecutorService timer,
      Consumer<EntryKey> tellingWithoutValue) {}

  Ends(Parts parts) {
    this.parts = parts;
    boolean serverTells = parts.member.isByKeys();
    this.expiries = new Expiries(System::nanoTime, parts.tellingWithoutValue);
    this.due =
        new DueKeys(
            new DueKeys.Parts(
                parts.store,
                parts.pool,
                parts.timer,
                MOST_DUE,
                serverTells ? List.of() : OTHERS_KNOW,
                serverTells ? key -> {} : this::absent,
                serverTells ? count -> {} : this::overlooked));
    this.claims =
        new Claims(
            parts.store,
            parts.pool,
            expiries::overtaken,
            // HPTTL calls an entry absent in its last millisecond: its end is still to come
            serverTells ? key -> {} : due::askAgain,
            serverTells ? expiries::overtaken : due::askAgain);
  }

  /** An entry was due and is not there; whether it ended, its shadow tells. */
  private void absent(EntryKey key) {
    claims.claim(key);
  }

  private void overlooked(long count) {
    parts.statistics.count(Event.LOST_EVENT, count);
    if (hasOverlooked.compareAndSet(false, true)) {
      LOG.warn(
          "cache '{}': more entries end in a short time than the {} whose ends can be awaited; up to {}"
              + " events are lost, as may be others. Set layout = keys, or let them live longer",
          parts.cache,
          MOST_DUE,
          count);
    }
  }

  /** Whether somebody hears of ends from now on. */
  void hear(boolean wanted) {
    heard = wanted;
    if (wanted) {
      due.start();
    } else {
      due.stop();
    }
  }

  /** A change that was announced; false if it is an end that was told already. */
  boolean announced(Announcement change) {
    note(change);
    if (change.kind() == Announcement.Kind.EXPIRED) {
      return expiries.known(change.key()) || change.id() != Announcement.FOREIGN;
    }
    expiries.overtaken(change.key());
    return true;
  }

  private void note(Announcement change) {
    switch (change.kind()) {
      case CREATED, UPDATED, SHORTENED -> {
        if (parts.member.isByKeys() || change.wishes().contains(Announcing.Wish.SHADOW)) {
          due.lives(change.key(), change.lifetime());
        } else {
          // stored by who did not know that its end is waited for
          due.mayLive(change.key());
        }
      }
      default -> due.gone(change.key());
    }
  }

  /** Somebody stored an entry, with whatever lifetime. */
  void stored(EntryKey key) {
    due.mayLive(key);
    expiries.overtaken(key);
  }

  /** Somebody took an entry away. */
  void removed(EntryKey key) {
    due.gone(key);
    expiries.overtaken(key);
  }

  /** Somebody gave an entry another lifetime. */
  void prolonged(EntryKey key) {
    due.mayLive(key);
  }

  /** The server tells that an entry has ended. */
  void ended(EntryKey key) {
    due.gone(key);
    if (!heard) {
      return;
    }
    expiries.began(key);
    if (!parts.member.keepsShadows()) {
      expiries.overtaken(key);
      return;
    }
    claims.claim(key);
  }

  /** What is announced comes in from now on. */
  void linkUp() {
    due.hear();
  }

  /** What is announced is missed from now on. */
  void linkDown() {
    due.deafen();
  }

  /** Tells of ends whose values should have come by now. */
  void sweep() {
    expiries.sweep();
  }

  /** Tells of nothing that has not been told yet. */
  void clear() {
    expiries.clear();
  }
}
