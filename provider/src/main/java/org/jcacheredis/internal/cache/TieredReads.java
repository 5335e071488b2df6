// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics.Event;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.TimedValue;
import org.jspecify.annotations.Nullable;

/**
 * Where values are read: in the local tier, if the cache has one, else in Redis, from where they
 * are kept in the tier.
 */
final class TieredReads<K, V> {
  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final @Nullable LocalTier<K, V> tier;

  TieredReads(CacheParts<K, V> parts) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.tier = parts.local();
  }

  /** The value that this JVM has; null if Redis must be asked. A hit is counted as any other. */
  @Nullable V local(K key) {
    LocalTier<K, V> from = tier;
    if (from == null) {
      return null;
    }
    return parts.statistics().isEnabled() ? counted(from, key) : from.get(key);
  }

  private @Nullable V counted(LocalTier<K, V> from, K key) {
    long start = parts.nanos().getAsLong();
    V value = from.get(key);
    parts.statistics().count(value == null ? Event.LOCAL_MISS : Event.LOCAL_HIT, 1);
    if (value != null) {
      long took = parts.nanos().getAsLong() - start;
      consequences.counted(Operation.GET, Outcome.Kind.FOUND, took);
    }
    return value;
  }

  /** Whether this JVM knows that there is an entry; counts nothing. */
  boolean isLocal(K key) {
    return tier != null && tier.holds(key);
  }

  /** What Redis had, and the right to keep it; none where nothing is kept. */
  record Found(TimedValue read, LocalTier.@Nullable Ticket ticket) {
    byte @Nullable [] bytes() {
      return read.bytes();
    }
  }

  /** One round trip, and an access where the lifetime of one is known in advance. */
  Found read(EntryKey entry) {
    LocalTier.Ticket ticket = tier == null ? null : tier.begin(entry);
    EntryStore store = parts.store();
    return ticket == null
        ? untimed(store.read(entry, advanceAccess()))
        : new Found(store.readTimed(entry), ticket);
  }

  /** As {@link #read}, of many entries at once, in their order. */
  List<Found> readAll(List<EntryKey> entries) {
    if (tier == null || tier.isSuspended()) {
      return parts.store().readAll(entries, advanceAccess()).stream()
          .map(TieredReads::untimed)
          .toList();
    }
    List<LocalTier.@Nullable Ticket> tickets = new ArrayList<>(entries.size());
    entries.forEach(entry -> tickets.add(tier.begin(entry)));
    List<TimedValue> read = parts.store().readAllTimed(entries);
    List<Found> found = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      found.add(new Found(read.get(i), tickets.get(i)));
    }
    return found;
  }

  private static Found untimed(byte @Nullable [] bytes) {
    return new Found(new TimedValue(bytes, Lifetimes.ZERO), null);
  }

  /** Keeps a value that was read, if that may be. */
  void keep(K key, EntryKey entry, Found found, V value) {
    if (tier != null && found.ticket != null) {
      tier.keep(key, entry, found.ticket, found.read, value);
    }
  }

  /**
   * The lifetime that travels with the read; a policy that must be asked is asked after a hit. With
   * a local tier it is always unchanged: where each access renews a lifetime, there is no tier.
   */
  private long advanceAccess() {
    Expiry expiry = parts.expiry();
    return expiry.mustBeAsked() ? Lifetimes.UNCHANGED : expiry.onAccess();
  }
}
