// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics.Event;
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

  /**
   * What Redis had, and the right to keep it; none where nothing is kept.
   *
   * @param remaining as in {@link TimedValue}; without a meaning if there is no ticket
   */
  record Found(Outcome outcome, long remaining, LocalTier.@Nullable Ticket ticket) {
    static Found of(TimedValue read, LocalTier.@Nullable Ticket ticket) {
      return new Found(seen(read.bytes()), read.remaining(), ticket);
    }

    static Found untimed(Outcome outcome) {
      return new Found(outcome, Lifetimes.ZERO, null);
    }
  }

  /** One round trip, and an access where the lifetime of one is known in advance. */
  Found read(EntryKey entry) {
    LocalTier<K, V> keeping = keeping();
    LocalTier.Ticket ticket = keeping == null ? null : keeping.begin(entry);
    return ticket == null
        ? Found.untimed(readStored(entry, advanceAccess()))
        : Found.of(parts.store().readTimed(entry), ticket);
  }

  /** The tier, if it keeps anything: only with invalidations, which the first read waits for. */
  private @Nullable LocalTier<K, V> keeping() {
    LocalTier<K, V> own = tier;
    if (own == null) {
      return null;
    }
    parts.events().track();
    return own.isSuspended() ? null : own;
  }

  /** As {@link #read}, of many entries at once, in their order; some may have failed. */
  List<Found> readAll(List<EntryKey> entries) {
    LocalTier<K, V> keeping = keeping();
    if (keeping == null) {
      return readAllStored(entries, advanceAccess()).stream().map(Found::untimed).toList();
    }
    List<LocalTier.@Nullable Ticket> tickets = new ArrayList<>(entries.size());
    entries.forEach(entry -> tickets.add(keeping.begin(entry)));
    List<TimedValue> read = parts.store().readAllTimed(entries);
    List<Found> found = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      found.add(Found.of(read.get(i), tickets.get(i)));
    }
    return found;
  }

  /** An entry with no lifetime after its access ends by it. */
  private Outcome readStored(EntryKey entry, long access) {
    return access == Lifetimes.ZERO
        ? parts.store().apply(Change.expiry(entry).returningPrevious())
        : seen(parts.store().read(entry, access));
  }

  private List<Outcome> readAllStored(List<EntryKey> entries, long access) {
    return access == Lifetimes.ZERO
        ? parts
            .store()
            .applyAll(
                entries.stream().map(entry -> Change.expiry(entry).returningPrevious()).toList())
        : parts.store().readAll(entries, access).stream().map(TieredReads::seen).toList();
  }

  private static Outcome seen(byte @Nullable [] bytes) {
    return bytes == null ? Outcome.of(Outcome.Kind.ABSENT) : Outcome.of(Outcome.Kind.FOUND, bytes);
  }

  /** Keeps a value that was read, if that may be. */
  void keep(K key, EntryKey entry, Found found, V value) {
    if (tier != null && found.ticket != null) {
      TimedValue read = new TimedValue(found.outcome.previous(), found.remaining);
      tier.keep(key, entry, found.ticket, read, value);
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
