// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/** Reads: a value from the store or, in a read-through cache, from the loader. */
final class EntryReader<K, V> {
  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final ReadThrough<K, V> readThrough;

  EntryReader(CacheParts<K, V> parts, ReadThrough<K, V> readThrough) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.readThrough = readThrough;
  }

  @Nullable V get(K key) {
    EntryKey entry = parts.coding().key(key);
    int landings = readThrough.landings(entry);
    long start = parts.nanos().getAsLong();
    byte[] bytes = parts.store().read(entry, advanceAccess());
    V value = parts.coding().valueOrMiss(entry, bytes);
    count(value != null, parts.nanos().getAsLong() - start);
    if (bytes == null || value == null) {
      return readThrough.load(key, entry, landings);
    }
    accessed(key, entry, bytes);
    return value;
  }

  /** Those of the keys that have a value; missing ones are loaded together. */
  Map<K, V> getAll(Set<? extends K> keys) {
    Map<EntryKey, K> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(parts.coding().key(key), key));
    Map<K, V> found = new LinkedHashMap<>();
    for (List<EntryKey> chunk : parts.chunks().ofKeys(List.copyOf(entries.keySet()))) {
      if (readThrough.isOn()) {
        loadChunk(chunk, entries, found);
      } else {
        getChunk(chunk, entries, found);
      }
    }
    return found;
  }

  private void loadChunk(List<EntryKey> chunk, Map<EntryKey, K> keys, Map<K, V> found) {
    Map<EntryKey, Integer> landings = new HashMap<>();
    chunk.forEach(entry -> landings.put(entry, readThrough.landings(entry)));
    Set<EntryKey> hits = getChunk(chunk, keys, found);
    Map<EntryKey, K> missing = new LinkedHashMap<>();
    chunk.stream()
        .filter(entry -> !hits.contains(entry))
        .forEach(entry -> missing.put(entry, key(keys, entry)));
    found.putAll(readThrough.loadAll(missing, landings));
  }

  /** Gives back which of them the store has. */
  private Set<EntryKey> getChunk(List<EntryKey> chunk, Map<EntryKey, K> keys, Map<K, V> found) {
    long start = parts.nanos().getAsLong();
    List<byte @Nullable []> all = parts.store().readAll(chunk, advanceAccess());
    long each = (parts.nanos().getAsLong() - start) / chunk.size();
    Map<EntryKey, byte[]> hits = new LinkedHashMap<>();
    for (int i = 0; i < chunk.size(); i++) {
      EntryKey entry = chunk.get(i);
      byte[] bytes = all.get(i);
      V value = parts.coding().valueOrMiss(entry, bytes);
      count(value != null, each);
      if (bytes != null && value != null) {
        found.put(key(keys, entry), value);
        hits.put(entry, bytes);
      }
    }
    accessedAll(hits, keys);
    return hits.keySet();
  }

  /** The lifetime that travels with the read; a policy that must be asked is asked after a hit. */
  private long advanceAccess() {
    Expiry expiry = parts.expiry();
    return expiry.mustBeAsked() ? Lifetimes.UNCHANGED : expiry.onAccess();
  }

  private void accessed(K key, EntryKey entry, byte[] bytes) {
    if (parts.expiry().mustBeAsked()) {
      consequences.access(key, entry, bytes);
    } else if (parts.expiry().onAccess() == Lifetimes.ZERO) {
      consequences.expired(key, entry, bytes);
    }
  }

  private void accessedAll(Map<EntryKey, byte[]> hits, Map<EntryKey, K> keys) {
    if (!parts.expiry().mustBeAsked()) {
      hits.forEach((entry, bytes) -> accessed(key(keys, entry), entry, bytes));
      return;
    }
    List<Change> changes = new ArrayList<>();
    hits.forEach(
        (entry, bytes) -> {
          Change change = consequences.accessing(entry, bytes);
          if (change != null) {
            changes.add(change);
          }
        });
    for (List<Change> chunk : parts.chunks().of(changes, Change::size)) {
      List<Outcome> outcomes = parts.store().applyAll(chunk);
      for (int i = 0; i < chunk.size(); i++) {
        EntryKey entry = chunk.get(i).key();
        consequences.accessed(key(keys, entry), entry, hits.get(entry), outcomes.get(i));
      }
    }
  }

  private static <K> K key(Map<EntryKey, K> keys, EntryKey entry) {
    return java.util.Objects.requireNonNull(keys.get(entry));
  }

  private void count(boolean hit, long nanos) {
    consequences.counted(Operation.GET, hit ? Outcome.Kind.FOUND : Outcome.Kind.ABSENT, nanos);
  }
}
