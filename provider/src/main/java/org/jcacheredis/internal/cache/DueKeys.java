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
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.event.DueSchedule;
import org.jcacheredis.internal.store.EntryStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the server notice in time that entries have expired: it looks for them by sampling, which
 * for few short-lived ones among many long-lived takes minutes, or when they are asked for. So
 * those that are due are asked for. Works only while somebody hears of expired entries.
 * Thread-safe.
 */
final class DueKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DueKeys.class);
  private static final long TICK = 100;
  private static final int BATCH = 500;
  private static final int CAPACITY = 1_000_000;

  /** What is due later is learned by a later scan. */
  private static final Duration HORIZON = Duration.ofMinutes(10);

  private static final Duration SCANS = Duration.ofMinutes(5);

  /** Several JVMs ask for a key one after the other, and mostly one has to. */
  private static final long SPREAD = 100;

  private static final long MARGIN = 2;

  private final EntryStore store;
  private final Executor pool;
  private final ScheduledExecutorService timer;
  private final DueSchedule schedule = new DueSchedule(System::nanoTime, HORIZON, CAPACITY);
  private final AtomicBoolean isAsking = new AtomicBoolean();
  private final AtomicBoolean isScanning = new AtomicBoolean();
  private volatile boolean active;
  private @Nullable Future<?> ticks;
  private @Nullable Future<?> scans;

  DueKeys(EntryStore store, Executor pool, ScheduledExecutorService timer) {
    this.store = store;
    this.pool = pool;
    this.timer = timer;
  }

  synchronized void start() {
    if (!active) {
      active = true;
      ticks = timer.scheduleWithFixedDelay(this::tick, TICK, TICK, TimeUnit.MILLISECONDS);
      scans = timer.scheduleWithFixedDelay(this::learn, 0, SCANS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  synchronized void stop() {
    if (active) {
      active = false;
      List.of(ticks, scans).forEach(each -> each.cancel(false));
      schedule.clear();
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

  /** An entry is gone. */
  void gone(EntryKey key) {
    if (active) {
      schedule.forget(key);
    }
  }

  /** Learns the lifetimes of all entries: of those that were there before, or were not heard of. */
  void learn() {
    inPool(isScanning, this::scan);
  }

  private void tick() {
    inPool(isAsking, this::ask);
  }

  private void inPool(AtomicBoolean isAtWork, Runnable task) {
    if (!active || !isAtWork.compareAndSet(false, true)) {
      return;
    }
    try {
      pool.execute(
          () -> {
            try {
              task.run();
            } catch (CacheException e) {
              // the next scan finds what was not asked for
              LOG.debug("due entries were not asked for: {}", e.getMessage());
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
      note(due);
      due = schedule.take(BATCH);
    }
  }

  private void scan() {
    EntryStore.Page page = null;
    do {
      page = store.scan(page);
      if (!page.keys().isEmpty()) {
        note(page.keys());
      }
    } while (active && !page.isLast());
  }

  /** Asking is what makes the server notice that a lifetime is over. */
  private void note(List<EntryKey> keys) {
    List<@Nullable Long> remaining = store.remainingAll(keys);
    for (int i = 0; i < keys.size(); i++) {
      Long left = remaining.get(i);
      if (left != null) {
        lives(keys.get(i), left);
      }
    }
  }
}
