// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * When which keys are due. Each key stands in it once at the most. Bounded by a horizon and by a
 * capacity: what is due last has to go, and is found again by who looks through the keys later; it
 * is known when that has to be. Every call takes logarithmic time for each key. Thread-safe, no
 * threads of its own.
 */
public final class DueSchedule {
  private static final Comparator<Due> FIRST =
      Comparator.comparingLong(Due::at).thenComparing(Due::key);

  private static final long SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final long start;
  private final long horizon;
  private final int capacity;
  private final Map<EntryKey, Due> byKey = new HashMap<>();
  private final TreeSet<Due> byTime = new TreeSet<>(FIRST);

  /** How many there was no room for, by the second in which they are due. */
  private final NavigableMap<Long, Integer> beyond = new TreeMap<>();

  /** The same, of before the look through the keys that is under way. */
  private final NavigableMap<Long, Integer> beyondBefore = new TreeMap<>();

  /**
   * @param at nanoseconds since the start of the schedule: unlike the clock's own they may be
   *     compared
   */
  private record Due(long at, EntryKey key) {}

  public DueSchedule(LongSupplier nanos, Duration horizon, int capacity) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.horizon = horizon.toMillis();
    this.capacity = capacity;
  }

  /**
   * Notes when a key is due, whatever was noted before; less than zero (eternal) or beyond the
   * horizon, it is forgotten. A lifetime that stays unchanged is not for here.
   */
  public synchronized void due(EntryKey key, long millisLeft) {
    forget(key);
    if (millisLeft < 0 || millisLeft > horizon) {
      return;
    }
    Due due = new Due(now() + millisLeft * 1_000_000, key);
    byKey.put(key, due);
    byTime.add(due);
    if (byTime.size() > capacity) {
      Due last = byTime.pollLast();
      byKey.remove(last.key());
      beyond.merge(last.at() / SECOND, 1, Integer::sum);
    }
  }

  /** Somebody begins to look through all keys. */
  public synchronized void beginAnew() {
    beyond.forEach((second, count) -> beyondBefore.merge(second, count, Integer::sum));
    beyond.clear();
  }

  /** All keys were looked through: those there was no room for before were found. */
  public synchronized void completeAnew() {
    beyondBefore.clear();
  }

  /** Whether within this time something is due that there was no room for. */
  public synchronized boolean isFullWithin(Duration time) {
    long second = (now() + time.toNanos()) / SECOND;
    return !beyond.headMap(second, true).isEmpty() || !beyondBefore.headMap(second, true).isEmpty();
  }

  /**
   * How many are overdue that there was no room for, since the last call. It is the most: they may
   * be gone for other reasons, or have been told of twice.
   */
  public synchronized long takeOverdue() {
    long second = now() / SECOND;
    return take(beyond.headMap(second, false)) + take(beyondBefore.headMap(second, false));
  }

  private static long take(Map<Long, Integer> counts) {
    long sum = counts.values().stream().mapToLong(Integer::longValue).sum();
    counts.clear();
    return sum;
  }

  private long now() {
    return nanos.getAsLong() - start;
  }

  /** Nothing is due of this key any more. */
  public synchronized void forget(EntryKey key) {
    Due due = byKey.remove(key);
    if (due != null) {
      byTime.remove(due);
    }
  }

  /** Nothing is due any more. */
  public synchronized void clear() {
    byKey.clear();
    byTime.clear();
    beyond.clear();
    beyondBefore.clear();
  }

  /** Takes out the keys that are due now, the oldest first, so many at the most. */
  public synchronized List<EntryKey> take(int most) {
    long now = now();
    List<EntryKey> due = new ArrayList<>();
    while (due.size() < most && !byTime.isEmpty() && byTime.first().at() <= now) {
      Due first = byTime.pollFirst();
      byKey.remove(first.key());
      due.add(first.key());
    }
    return due;
  }
}
