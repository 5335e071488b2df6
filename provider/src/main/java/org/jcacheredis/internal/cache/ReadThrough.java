// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jcacheredis.internal.cache.OperationRunner.Loaded;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.integration.LoadFlights;
import org.jcacheredis.internal.integration.LoadTurns;
import org.jcacheredis.internal.integration.Loader;
import org.jcacheredis.internal.settings.CacheSettings.OnUndecodable;
import org.jcacheredis.internal.store.Absences;
import org.jspecify.annotations.Nullable;

/**
 * What a read-through cache does about a miss: one load a key at a time in this JVM, in turns with
 * other JVMs if so configured, and no load at all while a loader's null is remembered. The loaded
 * value is stored before it is returned, and never over a value that came meanwhile. What travels
 * is the encoded value, so that every caller gets a copy of its own.
 *
 * @param loader null if the cache does not read through
 * @param turns null if JVMs do not take turns
 * @param absences null if a loader's null is not remembered
 */
record ReadThrough<K, V>(
    CacheParts<K, V> parts,
    OperationRunner<K, V> runner,
    @Nullable Loader<K, V> loader,
    LoadFlights<byte[]> flights,
    @Nullable LoadTurns turns,
    @Nullable Absences absences) {

  /** Whether a miss is answered by the loader at all. */
  boolean isOn() {
    return loader != null;
  }

  /** To be noted before the store is read, and given to {@link #load} after a miss. */
  int landings(EntryKey entry) {
    return flights.landings(entry);
  }

  /** The value of a key that was absent when {@code landings} was noted; null if there is none. */
  @Nullable V load(K key, EntryKey entry, int landings) {
    if (loader == null) {
      return null;
    }
    // who may not wait for a load of this JVM may not wait for its lease either
    LoadTurns others = flights.mayWait() ? turns : null;
    byte[] loaded =
        flights.fly(
            entry,
            () -> {
              byte[] stored = storedSince(landings, entry);
              return stored != null ? stored : loadInTurn(new Miss<>(loader, key, entry), others);
            });
    return parts.coding().valueOrMiss(entry, loaded);
  }

  /** A key that has to be loaded. */
  private record Miss<K, V>(Loader<K, V> source, K key, EntryKey entry) {}

  /** A load that ended since the miss has most likely stored the value: one look saves a load. */
  private byte @Nullable [] storedSince(int landings, EntryKey entry) {
    return flights.landings(entry) == landings ? null : readable(entry);
  }

  private byte @Nullable [] loadInTurn(Miss<K, V> miss, @Nullable LoadTurns others) {
    if (others == null) {
      return loadUnlessKnownAbsent(miss);
    }
    // looked at twice: the turn before this one may have found nothing
    return isKnownAbsent(miss.entry)
        ? null
        : others.take(miss.entry, () -> readable(miss.entry), () -> loadUnlessKnownAbsent(miss));
  }

  private byte @Nullable [] loadUnlessKnownAbsent(Miss<K, V> miss) {
    return isKnownAbsent(miss.entry) ? null : loadAndStore(miss);
  }

  private boolean isKnownAbsent(EntryKey entry) {
    return absences != null && absences.isKnown(entry);
  }

  /** What others have stored meanwhile; bytes that count as a miss are no such thing. */
  private byte @Nullable [] readable(EntryKey entry) {
    byte[] bytes = parts.store().read(entry, Lifetimes.UNCHANGED);
    return parts.coding().valueOrMiss(entry, bytes) == null ? null : bytes;
  }

  private byte @Nullable [] loadAndStore(Miss<K, V> miss) {
    V value = miss.source.load(miss.key);
    if (value != null) {
      Request<K, V> request = runner.loaded(miss.key, value, Loaded.IF_ABSENT);
      store(request);
      return request.mutation().newValue();
    }
    if (absences != null) {
      absences.remember(List.of(miss.entry));
    }
    return null;
  }

  /** Never over a value that came meanwhile, but over bytes that count as a miss. */
  private void store(Request<K, V> request) {
    boolean isRefused = runner.run(request).is(Outcome.Kind.REFUSED);
    if (!isRefused || !knowsMisses()) {
      return;
    }
    EntryKey entry = request.entry();
    byte[] there = parts.store().read(entry, Lifetimes.UNCHANGED);
    if (there != null && parts.coding().valueOrMiss(entry, there) == null) {
      Mutation removal = Mutation.discard().ifEqual(there);
      parts.store().apply(new Change(entry, removal, Lifetimes.of(Lifetimes.ZERO)));
      runner.run(request);
    }
  }

  private boolean knowsMisses() {
    return parts.settings().onUndecodable() == OnUndecodable.MISS;
  }

  private void storeAll(List<Request<K, V>> requests) {
    runner.storeLoaded(requests);
    if (!knowsMisses()) {
      return;
    }
    parts.chunks().of(requests, Request::size).forEach(this::storeOverMisses);
  }

  private void storeOverMisses(List<Request<K, V>> requests) {
    List<EntryKey> entries = requests.stream().map(Request::entry).toList();
    List<byte @Nullable []> there = parts.store().readAll(entries, Lifetimes.UNCHANGED);
    for (int i = 0; i < requests.size(); i++) {
      byte[] bytes = there.get(i);
      if (bytes != null && parts.coding().valueOrMiss(entries.get(i), bytes) == null) {
        store(requests.get(i));
      }
    }
  }

  /** The values of those keys that the loader knows: one load for all that nobody else loads. */
  Map<K, V> loadAll(Map<EntryKey, K> missing, Map<EntryKey, Integer> landings) {
    if (loader == null || missing.isEmpty()) {
      return Map.of();
    }
    Map<EntryKey, byte[]> loaded =
        flights.flyAll(missing.keySet(), keys -> loadAgainAbsent(loader, keys, missing, landings));
    Map<K, V> values = new LinkedHashMap<>();
    missing.forEach(
        (entry, key) -> {
          V value = parts.coding().valueOrMiss(entry, loaded.get(entry));
          if (value != null) {
            values.put(key, value);
          }
        });
    return values;
  }

  private Map<EntryKey, byte[]> loadAgainAbsent(
      Loader<K, V> source,
      Collection<EntryKey> entries,
      Map<EntryKey, K> keys,
      Map<EntryKey, Integer> landings) {
    Map<EntryKey, byte[]> found = storedSince(landings, entries);
    Map<EntryKey, K> wanted = new LinkedHashMap<>(keys);
    wanted.keySet().retainAll(Set.copyOf(entries));
    wanted.keySet().removeAll(found.keySet());
    if (absences != null) {
      wanted.keySet().removeAll(absences.known(List.copyOf(wanted.keySet())));
    }
    if (!wanted.isEmpty()) {
      loadWanted(source, wanted, found);
    }
    return found;
  }

  private Map<EntryKey, byte[]> storedSince(
      Map<EntryKey, Integer> landings, Collection<EntryKey> entries) {
    List<EntryKey> moved =
        entries.stream()
            .filter(entry -> !Objects.equals(landings.get(entry), flights.landings(entry)))
            .toList();
    Map<EntryKey, byte[]> stored = new LinkedHashMap<>();
    for (List<EntryKey> chunk : parts.chunks().ofKeys(moved)) {
      List<byte @Nullable []> there = parts.store().readAll(chunk, Lifetimes.UNCHANGED);
      for (int i = 0; i < chunk.size(); i++) {
        byte[] bytes = there.get(i);
        if (bytes != null && parts.coding().valueOrMiss(chunk.get(i), bytes) != null) {
          stored.put(chunk.get(i), bytes);
        }
      }
    }
    return stored;
  }

  private void loadWanted(
      Loader<K, V> source, Map<EntryKey, K> wanted, Map<EntryKey, byte[]> found) {
    List<Request<K, V>> requests = new ArrayList<>(wanted.size());
    source
        .loadAll(new HashSet<>(wanted.values()))
        .forEach((key, value) -> requests.add(runner.loaded(key, value, Loaded.IF_ABSENT)));
    storeAll(requests);
    requests.forEach(request -> found.put(request.entry(), request.mutation().newValue()));
    if (absences != null) {
      Set<EntryKey> unknown = new HashSet<>(wanted.keySet());
      unknown.removeAll(found.keySet());
      absences.remember(unknown);
    }
  }
}
