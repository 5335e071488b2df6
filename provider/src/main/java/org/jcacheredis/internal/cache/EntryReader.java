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
    Outcome outcome = read(entry, advanceAccess());
    byte[] bytes = outcome.previous();
    V value = parts.coding().valueOrMiss(entry, bytes);
    count(value != null, parts.nanos().getAsLong() - start);
    if (bytes == null || value == null) {
      return readThrough.load(key, entry, landings);
    }
    accessed(key, entry, bytes, outcome);
    return value;
  }

  /** An entry with no lifetime after its access ends by it. */
  private Outcome read(EntryKey entry, long access) {
    return access == Lifetimes.ZERO
        ? parts.store().apply(Change.expiry(entry).returningPrevious())
        : seen(parts.store().read(entry, access));
  }

  private List<Outcome> readAll(List<EntryKey> entries, long access) {
    return access == Lifetimes.ZERO
        ? parts
            .store()
            .applyAll(
                entries.stream().map(entry -> Change.expiry(entry).returningPrevious()).toList())
        : parts.store().readAll(entries, access).stream().map(EntryReader::seen).toList();
  }

  private static Outcome seen(byte @Nullable [] bytes) {
    return bytes == null ? Outcome.of(Outcome.Kind.ABSENT) : Outcome.of(Outcome.Kind.FOUND, bytes);
  }

  /** Those of the keys that have a value; missing ones of a chunk are loaded together. */
  Map<K, V> getAll(Set<? extends K> keys) {
    List<Target<K>> targets = Target.of(keys, parts.coding());
    Map<K, V> found = new LinkedHashMap<>();
    for (List<Target<K>> chunk : parts.chunks().of(targets, Target::size)) {
      if (readThrough.isOn()) {
        loadChunk(chunk, found);
      } else {
        getChunk(chunk, found);
      }
    }
    return found;
  }

  private void loadChunk(List<Target<K>> chunk, Map<K, V> found) {
    Map<EntryKey, Integer> landings = new HashMap<>();
    for (Target<K> target : chunk) {
      landings.put(target.entry(), readThrough.landings(target.entry()));
    }
    getChunk(chunk, found);
    Map<EntryKey, K> missing = new LinkedHashMap<>();
    for (Target<K> target : chunk) {
      if (!found.containsKey(target.key())) {
        missing.put(target.entry(), target.key());
      }
    }
    found.putAll(readThrough.loadAll(missing, landings));
  }

  /** A key with the bytes that the store had, and what the read has made of them. */
  private record Hit<K>(Target<K> target, byte[] bytes, Outcome outcome) {}

  private void getChunk(List<Target<K>> chunk, Map<K, V> found) {
    long start = parts.nanos().getAsLong();
    List<Outcome> all = readAll(Target.entries(chunk), advanceAccess());
    long each = (parts.nanos().getAsLong() - start) / chunk.size();
    List<Hit<K>> hits = new ArrayList<>(chunk.size());
    for (int i = 0; i < chunk.size(); i++) {
      Target<K> target = chunk.get(i);
      Outcome outcome = checked(all.get(i));
      byte[] bytes = outcome.previous();
      V value = parts.coding().valueOrMiss(target.entry(), bytes);
      count(value != null, each);
      if (bytes != null && value != null) {
        found.put(target.key(), value);
        hits.add(new Hit<>(target, bytes, outcome));
      }
    }
    accessedAll(hits);
  }

  /** The lifetime that travels with the read; a policy that must be asked is asked after a hit. */
  private long advanceAccess() {
    Expiry expiry = parts.expiry();
    return expiry.mustBeAsked() ? Lifetimes.UNCHANGED : expiry.onAccess();
  }

  private static Outcome checked(Outcome outcome) {
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    return outcome;
  }

  private void accessed(K key, EntryKey entry, byte[] bytes, Outcome outcome) {
    if (parts.expiry().mustBeAsked()) {
      consequences.access(key, entry, bytes);
    } else if (outcome.is(Outcome.Kind.EXPIRED)) {
      consequences.expired(key, entry, outcome);
    }
  }

  private void accessedAll(List<Hit<K>> hits) {
    if (!parts.expiry().mustBeAsked()) {
      hits.forEach(hit -> accessed(hit.target.key(), hit.target.entry(), hit.bytes, hit.outcome));
      return;
    }
    List<Access<K>> accesses = new ArrayList<>();
    for (Hit<K> hit : hits) {
      Change change = consequences.accessing(hit.target.entry(), hit.bytes);
      if (change != null) {
        accesses.add(new Access<>(hit, change));
      }
    }
    parts.chunks().of(accesses, access -> access.change.size()).forEach(this::apply);
  }

  /** A hit and what follows from it in the store. */
  private record Access<K>(Hit<K> hit, Change change) {}

  private void apply(List<Access<K>> chunk) {
    List<Outcome> outcomes = parts.store().applyAll(chunk.stream().map(Access::change).toList());
    for (int i = 0; i < chunk.size(); i++) {
      Hit<K> hit = chunk.get(i).hit;
      Target<K> target = hit.target;
      consequences.accessed(target.key(), target.entry(), hit.bytes, outcomes.get(i));
    }
  }

  private void count(boolean hit, long nanos) {
    consequences.counted(Operation.GET, hit ? Outcome.Kind.FOUND : Outcome.Kind.ABSENT, nanos);
  }
}
