// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

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
import org.jspecify.annotations.Nullable;

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

  /** Stores many values; for each chunk one writer call, then one pipeline. */
  void storeAll(Map<? extends K, ? extends V> entries) {
    List<Request<K, V>> requests = new ArrayList<>(entries.size());
    entries.forEach(
        (key, value) -> {
          EntryKey entry = parts.coding().key(key);
          Mutation mutation = Mutation.store(parts.coding().value(value));
          requests.add(Request.store(Operation.PUT, key, entry, value, mutation));
        });
    runAll(requests, parts.writer().isPresent() ? this::written : null);
  }

  private Writer.Bulk<K> written(List<Request<K, V>> chunk) {
    Map<K, V> values = new LinkedHashMap<>();
    chunk.forEach(request -> values.put(request.key(), request.newValue()));
    return parts.writer().writeAll(values);
  }

  /** Removes many keys; for each chunk one writer call, then one pipeline. */
  void removeAll(Collection<? extends K> keys) {
    List<Request<K, V>> requests = new ArrayList<>(keys.size());
    for (K key : keys) {
      requests.add(Request.remove(Operation.REMOVE_ALL, key, parts.coding().key(key)));
    }
    runAll(requests, parts.writer().isPresent() ? this::deleted : null);
  }

  /** Stores what a loader gave; the writer is not asked. */
  void storeLoaded(List<Request<K, V>> loaded) {
    runAll(loaded, null);
  }

  private Writer.Bulk<K> deleted(List<Request<K, V>> chunk) {
    return parts.writer().deleteAll(chunk.stream().map(Request::key).toList());
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

  private interface BulkWriting<K, V> {
    Writer.Bulk<K> call(List<Request<K, V>> chunk);
  }

  /** Where the writer fails, the chunks behind that one are left alone. */
  private void runAll(List<Request<K, V>> requests, @Nullable BulkWriting<K, V> writing) {
    BulkFailures failures = new BulkFailures(parts.name());
    for (List<Request<K, V>> chunk : parts.chunks().of(requests, Request::size)) {
      runChunk(chunk, writing, failures);
    }
    failures.throwIfAny();
  }

  private void runChunk(
      List<Request<K, V>> chunk, @Nullable BulkWriting<K, V> writing, BulkFailures failures) {
    if (!isOrdered() && parts.locks().isIdle()) {
      performChunk(chunk, writing, failures);
      return;
    }
    try (KeyLocks.Hold hold = parts.locks().holdAll(chunk.stream().map(Request::entry).toList())) {
      performChunk(chunk, writing, failures);
    }
  }

  private void performChunk(
      List<Request<K, V>> chunk, @Nullable BulkWriting<K, V> writing, BulkFailures failures) {
    if (writing == null) {
      performAll(chunk.stream().map(this::heard).toList(), failures);
      return;
    }
    Writer.Bulk<K> written = writing.call(chunk);
    List<Request<K, V>> admitted =
        chunk.stream().filter(request -> written.done().contains(request.key())).toList();
    if (!admitted.isEmpty()) {
      performAll(admitted.stream().map(this::heard).toList(), failures);
    }
    written.complete();
  }

  /** One pipeline; what fails for one key does not keep the others from their consequences. */
  private void performAll(List<Request<K, V>> chunk, BulkFailures failures) {
    failures.tried(chunk.size());
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
