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
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/** Reads: a value from this JVM, from the store or, in a read-through cache, from the loader. */
final class EntryReader<K, V> {
  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final ReadThrough<K, V> readThrough;
  private final TieredReads<K, V> reads;

  EntryReader(CacheParts<K, V> parts, ReadThrough<K, V> readThrough) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.readThrough = readThrough;
    this.reads = new TieredReads<>(parts);
  }

  @Nullable V get(K key) {
    V local = reads.local(key);
    return local != null ? local : getStored(key);
  }

  private @Nullable V getStored(K key) {
    EntryKey entry = parts.coding().key(key);
    int landings = readThrough.landings(entry);
    long start = parts.nanos().getAsLong();
    TieredReads.Found found = reads.read(entry);
    Outcome outcome = found.outcome();
    byte[] bytes = outcome.previous();
    V value = parts.coding().valueOrMiss(entry, bytes);
    count(value != null, parts.nanos().getAsLong() - start);
    if (bytes == null || value == null) {
      return readThrough.load(key, entry, landings);
    }
    reads.keep(key, entry, found, value);
    accessed(key, entry, bytes, outcome);
    return value;
  }

  /** Whether there is an entry; no access, and no load. */
  boolean contains(K key) {
    return reads.isLocal(key) || parts.store().contains(parts.coding().key(key));
  }

  /** Those of the keys that have a value; missing ones of a chunk are loaded together. */
  Map<K, V> getAll(Set<? extends K> keys) {
    Map<K, V> found = new LinkedHashMap<>();
    List<Target<K>> targets = takeLocal(Target.of(keys, parts.coding()), found);
    for (List<Target<K>> chunk : parts.chunks().of(targets, Target::size)) {
      if (readThrough.isOn()) {
        loadChunk(chunk, found);
      } else {
        getChunk(chunk, found);
      }
    }
    return found;
  }

  /** Those of the targets that Redis must be asked for. */
  private List<Target<K>> takeLocal(List<Target<K>> targets, Map<K, V> found) {
    if (parts.local() == null) {
      return targets;
    }
    List<Target<K>> others = new ArrayList<>();
    for (Target<K> target : targets) {
      V value = reads.local(target.key());
      if (value == null) {
        others.add(target);
      } else {
        found.put(target.key(), value);
      }
    }
    return others;
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
    List<TieredReads.Found> all = reads.readAll(Target.entries(chunk));
    long each = (parts.nanos().getAsLong() - start) / chunk.size();
    List<Hit<K>> hits = new ArrayList<>(chunk.size());
    for (int i = 0; i < chunk.size(); i++) {
      Target<K> target = chunk.get(i);
      Outcome outcome = checked(all.get(i).outcome());
      byte[] bytes = outcome.previous();
      V value = parts.coding().valueOrMiss(target.entry(), bytes);
      count(value != null, each);
      if (bytes != null && value != null) {
        found.put(target.key(), value);
        reads.keep(target.key(), target.entry(), all.get(i), value);
        hits.add(new Hit<>(target, bytes, outcome));
      }
    }
    accessedAll(hits);
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
