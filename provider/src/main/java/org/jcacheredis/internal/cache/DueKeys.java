// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.event.DueSchedule;
import org.jcacheredis.internal.store.EntryStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for entries that are due. Where entries are keys, that makes the server notice and tell that
 * they have expired: it looks for them by sampling, which for few short-lived ones among many
 * long-lived takes minutes. Where it tells nothing, to find them absent is to know. Works only
 * while somebody hears of expired entries, and not while what the server tells is missed.
 * Thread-safe.
 */
final class DueKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DueKeys.class);
  private static final long TICK = 100;
  private static final int BATCH = 500;

  /** What is due later is learned by a later scan. */
  private static final Duration HORIZON = Duration.ofMinutes(10);

  private static final Duration SCANS = Duration.ofMinutes(5);

  /** So long before something is due that there was no room for, room is sought for it. */
  private static final Duration LEAD = Duration.ofSeconds(10);

  /** The least time between two looks through all entries for want of room. */
  private static final long PAUSE = LEAD.toNanos() / 2;

  /** When what was not answered is asked for again. */
  private static final long RETRY = 1_000;

  /** Several JVMs ask for a key one after the other, and mostly one has to. */
  private static final long SPREAD = 100;

  private static final long MARGIN = 2;

  private final Parts parts;
  private final DueSchedule schedule;
  private final AtomicBoolean isAsking = new AtomicBoolean();
  private final AtomicBoolean isScanning = new AtomicBoolean();
  private volatile boolean active;
  private volatile boolean isDeaf;
  private volatile long scanned;
  private @Nullable Future<?> ticks;
  private @Nullable Future<?> scans;

  /**
   * What it works with.
   *
   * @param capacity the most entries whose times are known
   * @param laterLooks when to look through all entries again after it begins to hear: others may
   *     not know of it at once
   * @param absent is told of entries that were due and are not there
   * @param lost is told how many may have ended without being asked for, as there were too many
   */
  record Parts(
      EntryStore store,
      Executor pool,
      ScheduledExecutorService timer,
      int capacity,
      List<Duration> laterLooks,
      Consumer<EntryKey> absent,
      LongConsumer lost) {}

  DueKeys(Parts parts) {
    this.parts = parts;
    this.schedule = new DueSchedule(System::nanoTime, HORIZON, parts.capacity);
  }

  synchronized void start() {
    if (!active) {
      active = true;
      ticks = parts.timer.scheduleWithFixedDelay(this::tick, TICK, TICK, TimeUnit.MILLISECONDS);
      scans =
          parts.timer.scheduleWithFixedDelay(
              this::learn, 0, SCANS.toMillis(), TimeUnit.MILLISECONDS);
      lookLater();
    }
  }

  synchronized void stop() {
    if (active) {
      active = false;
      List.of(ticks, scans).forEach(each -> each.cancel(false));
      schedule.clear();
    }
  }

  /** What the server tells is missed from now on. */
  void deafen() {
    isDeaf = true;
  }

  /** What the server tells is heard again. */
  void hear() {
    isDeaf = false;
    learn();
    if (active) {
      lookLater();
    }
  }

  private void lookLater() {
    try {
      parts.laterLooks.forEach(
          later -> parts.timer.schedule(this::learn, later.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }

  /** An entry has a lifetime, as in {@code Lifetimes}, from now on. */
  void lives(EntryKey key, long lifetime) {
    if (!active || lifetime == Lifetimes.UNCHANGED) {
      return;
    }
    if (lifetime == Lifetimes.ETERNAL) {
      schedule.forget(key);
    } else {
      schedule.due(key, lifetime + MARGIN + ThreadLocalRandom.current().nextLong(SPREAD));
    }
  }

  /** An entry may have any lifetime: the server is asked soon. */
  void mayLive(EntryKey key) {
    lives(key, 0);
  }

  /** An entry could not be asked for: it is in a while. */
  void askAgain(EntryKey key) {
    lives(key, RETRY);
  }

  /** An entry is gone. */
  void gone(EntryKey key) {
    if (active) {
      schedule.forget(key);
    }
  }

  /** Learns the lifetimes of all entries: of those that were there before, or were not heard of. */
  private void learn() {
    inPool(isScanning, this::scan);
  }

  private void tick() {
    inPool(isAsking, this::ask);
    if (schedule.isFullWithin(LEAD) && System.nanoTime() - scanned > PAUSE) {
      learn();
    }
    long overdue = schedule.takeOverdue();
    if (overdue > 0) {
      parts.lost.accept(overdue);
    }
  }

  private void inPool(AtomicBoolean isAtWork, Runnable task) {
    if (!active || isDeaf || !isAtWork.compareAndSet(false, true)) {
      return;
    }
    try {
      parts.pool.execute(
          () -> {
            try {
              task.run();
            } catch (CacheException e) {
              LOG.debug("entries were not asked for: {}", e.getMessage());
            } finally {
              isAtWork.set(false);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }

  private void ask() {
    List<EntryKey> due = schedule.take(BATCH);
    while (active && !due.isEmpty()) {
      try {
        note(due);
      } catch (CacheException e) {
        due.forEach(this::askAgain);
        throw e;
      }
      due = schedule.take(BATCH);
    }
  }

  private void scan() {
    schedule.beginAnew();
    scanned = System.nanoTime();
    EntryStore.Page page = null;
    do {
      page = parts.store.scan(page);
      for (int from = 0; from < page.keys().size(); from += BATCH) {
        note(page.keys().subList(from, Math.min(from + BATCH, page.keys().size())));
      }
    } while (active && !isDeaf && !page.isLast());
    if (page.isLast()) {
      schedule.completeAnew();
    }
  }

  private void note(List<EntryKey> keys) {
    List<@Nullable Long> remaining = parts.store.remainingToClaim(keys, HORIZON.toMillis());
    for (int i = 0; i < keys.size(); i++) {
      Long left = remaining.get(i);
      if (left == null) {
        parts.absent.accept(keys.get(i));
      } else {
        lives(keys.get(i), left);
      }
    }
  }
}
