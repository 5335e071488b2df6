// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.event.CacheEntryListenerException;
import org.jcacheredis.internal.entry.Effects;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.integration.Writer;
import org.jcacheredis.internal.store.Chunks;

/**
 * Runs mutations: the writer first, then the store, then the consequences. Keys are locked in this
 * JVM only where the order of what the application sees depends on it: with a writer, with
 * listeners, with an expiry policy that has to be asked.
 */
final class OperationRunner<K, V> {
  private final CacheParts<K, V> parts;
  private final Committer<K, V> committer;
  private final Consequences<K, V> consequences;

  OperationRunner(CacheParts<K, V> parts) {
    this.parts = parts;
    this.committer = new Committer<>(parts);
    this.consequences = new Consequences<>(parts);
  }

  /** Runs one request and returns what the store did. */
  Outcome run(Request<K, V> request) {
    // who holds the key processes the entry: it would have to run again if it were overtaken
    if (!isOrdered() && !parts.locks().isHeld(request.entry())) {
      return perform(request);
    }
    try (KeyLocks.Hold hold = parts.locks().hold(request.entry())) {
      return perform(request);
    }
  }

  private Outcome perform(Request<K, V> request) {
    long start = parts.nanos().getAsLong();
    Request<K, V> heard = heard(request);
    Outcome outcome = committer.commit(heard, () -> callWriter(request));
    consequences.of(heard, outcome, parts.nanos().getAsLong() - start);
    return outcome;
  }

  /** Stores many values; one writer call, then pipelines of at most {@code bulk-size} keys. */
  void storeAll(Map<? extends K, ? extends V> entries) {
    List<Request<K, V>> requests = new ArrayList<>(entries.size());
    Map<K, V> written = new LinkedHashMap<>();
    entries.forEach(
        (key, value) -> {
          EntryKey entry = parts.coding().key(key);
          Mutation mutation = Mutation.store(parts.coding().value(value));
          requests.add(Request.store(Operation.PUT, key, entry, value, mutation));
          written.put(key, value);
        });
    runAll(requests, () -> parts.writer().writeAll(written));
  }

  /** Removes many keys; one writer call with all of them, then pipelines. */
  void removeAll(Collection<? extends K> keys) {
    List<Request<K, V>> requests = new ArrayList<>(keys.size());
    for (K key : keys) {
      requests.add(Request.remove(Operation.REMOVE_ALL, key, parts.coding().key(key)));
    }
    runAll(requests, () -> parts.writer().deleteAll(keys));
  }

  /** Stores what a loader gave; the writer is not asked. */
  void storeLoaded(List<Request<K, V>> loaded) {
    runAll(
        loaded, () -> new Writer.Bulk<>(loaded.stream().map(Request::key).collect(toSet()), null));
  }

  /** Whether a loaded value may take the place of one that is there. */
  enum Loaded {
    IF_ABSENT,
    REPLACING
  }

  /** The request to store a loaded value, already encoded. */
  Request<K, V> loaded(K key, V value, Loaded over) {
    Mutation store = Mutation.store(parts.coding().value(value));
    return Request.store(
        Operation.LOAD,
        key,
        parts.coding().key(key),
        value,
        over == Loaded.REPLACING ? store : store.ifAbsent());
  }

  private interface BulkWriting<K> {
    Writer.Bulk<K> call();
  }

  private void runAll(List<Request<K, V>> requests, BulkWriting<K> writing) {
    if (requests.isEmpty()) {
      return;
    }
    if (!isOrdered() && parts.locks().isIdle()) {
      performAll(requests, writing);
      return;
    }
    try (KeyLocks.Hold hold =
        parts.locks().holdAll(requests.stream().map(Request::entry).toList())) {
      performAll(requests, writing);
    }
  }

  private void performAll(List<Request<K, V>> requests, BulkWriting<K> writing) {
    Writer.Bulk<K> written = writing.call();
    List<Request<K, V>> admitted =
        requests.stream()
            .filter(request -> written.done().contains(request.key()))
            .map(this::heard)
            .toList();
    BulkFailures failures = new BulkFailures(parts.name(), admitted.size());
    Chunks.of(admitted, parts.settings().bulkSize())
        .forEach(chunk -> performChunk(chunk, failures));
    written.complete();
    failures.throwIfAny();
  }

  /** One pipeline; what fails for one key does not keep the others from their consequences. */
  private void performChunk(List<Request<K, V>> chunk, BulkFailures failures) {
    long start = parts.nanos().getAsLong();
    List<Outcome> outcomes = committer.commitAll(chunk);
    long each = (parts.nanos().getAsLong() - start) / chunk.size();
    for (int i = 0; i < chunk.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.failure() != null) {
        failures.refused(outcome.failure());
        continue;
      }
      try {
        consequences.of(chunk.get(i), outcome, each);
      } catch (CacheEntryListenerException e) {
        failures.listener(e);
      }
    }
  }

  private boolean isOrdered() {
    return parts.writer().isPresent() || parts.events().isActive() || parts.expiry().mustBeAsked();
  }

  /** With listeners about, the store is asked what was there before. */
  private Request<K, V> heard(Request<K, V> request) {
    return parts.events().isActive()
        ? request.with(request.mutation().returningPrevious())
        : request;
  }

  private void callWriter(Request<K, V> request) {
    switch (Effects.writer(request.operation())) {
      case WRITE -> parts.writer().write(request.key(), request.newValue());
      case DELETE, DELETE_ALWAYS -> parts.writer().delete(request.key());
      case NEVER -> {}
    }
  }
}
