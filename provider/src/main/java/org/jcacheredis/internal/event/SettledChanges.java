// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * Own changes that are told already, though of the two who tell of each, its echo and its caller,
 * one has not come. Bounded in time and number: the oldest, for whom probably nobody comes any
 * more, go first. Thread-safe.
 */
final class SettledChanges {
  /** Longer than a caller may be busy with the other keys of a bulk call. */
  private static final long KEPT = Duration.ofMinutes(5).toNanos();

  private final int capacity;
  private final LongSupplier nanos;
  private final Map<Change, Settled> settled = new LinkedHashMap<>();

  /** Who has told. */
  enum Teller {
    CALLER,
    STAND_IN
  }

  private record Change(EntryKey key, long id) {}

  private record Settled(Teller teller, long since) {}

  SettledChanges(int capacity, LongSupplier nanos) {
    this.capacity = capacity;
    this.nanos = nanos;
  }

  synchronized void add(EntryKey key, long id, Teller teller) {
    settled.put(new Change(key, id), new Settled(teller, nanos.getAsLong()));
    if (settled.size() > capacity) {
      Iterator<Change> oldest = settled.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether that one has told of the change; forgets it, since now both have come. */
  synchronized boolean take(EntryKey key, long id, Teller teller) {
    Change change = new Change(key, id);
    Settled found = settled.get(change);
    return found != null && found.teller == teller && settled.remove(change, found);
  }

  /** No echo comes any more. */
  synchronized void expectNoEcho() {
    settled.values().removeIf(each -> each.teller == Teller.CALLER);
  }

  synchronized void sweep() {
    long now = nanos.getAsLong();
    settled.values().removeIf(each -> now - each.since > KEPT);
  }

  synchronized int size() {
    return settled.size();
  }
}
