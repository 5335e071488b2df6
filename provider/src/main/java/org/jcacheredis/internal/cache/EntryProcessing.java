// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.ExpiryAnswers;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.integration.Loader;
import org.jcacheredis.internal.store.Leases;
import org.jcacheredis.processor.LuaEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoke}: the key is held in this JVM, the entry read, the processor run here, its net
 * effect committed only over the bytes that were read. Another JVM's write in between makes it run
 * again; after a few such losses the JVMs take turns by a lease.
 */
final class EntryProcessing<K, V> {
  private static final int FREE_ATTEMPTS = 3;

  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final @Nullable Loader<K, V> loader;
  private final ServerProcessing<K, V> server;

  EntryProcessing(CacheParts<K, V> parts, @Nullable Loader<K, V> loader) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.loader = loader;
    this.server = new ServerProcessing<>(parts, loader != null);
  }

  <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object[] arguments) {
    EntryKey entry = parts.coding().key(key);
    if (processor instanceof LuaEntryProcessor<K, V, T> lua && server.canRun(lua)) {
      ServerProcessing.Result<T> result = server.run(key, entry, lua, arguments);
      if (result != null) {
        return result.value();
      }
    }
    long deadline = System.nanoTime() + parts.deadline().toNanos();
    try (KeyLocks.Hold hold = parts.locks().hold(entry)) {
      return new Run<>(key, entry, processor, arguments, deadline).toTheEnd();
    }
  }

  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object[] arguments) {
    keys.forEach(parts.coding()::key);
    Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();
    for (K key : keys) {
      try {
        T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, () -> result);
        }
      } catch (RuntimeException e) {
        EntryProcessorException failure = wrapped(e);
        results.put(
            key,
            () -> {
              throw failure;
            });
      }
    }
    return results;
  }

  private static EntryProcessorException wrapped(RuntimeException e) {
    return e instanceof EntryProcessorException already
        ? already
        : new EntryProcessorException("the EntryProcessor failed: " + e, e);
  }

  /** One processor on one key, until its effect is in the store. */
  private final class Run<T> {
    private final K key;
    private final EntryKey entry;
    private final EntryProcessor<K, V, T> processor;
    private final Object[] arguments;
    private final long start = parts.nanos().getAsLong();
    private final long deadline;
    private final ExpiryAnswers answers = new ExpiryAnswers(parts.expiry());
    private byte @Nullable [] seen;
    private Leases.@Nullable Lease lease;

    Run(
        K key,
        EntryKey entry,
        EntryProcessor<K, V, T> processor,
        Object[] arguments,
        long deadline) {
      this.key = key;
      this.entry = entry;
      this.processor = processor;
      this.arguments = arguments;
      this.deadline = deadline;
    }

    @Nullable T toTheEnd() {
      try {
        seen = parts.store().read(entry, Lifetimes.UNCHANGED);
        for (int attempt = 1; ; attempt++) {
          ProcessorEntry<K, V> view = view();
          T result = process(view);
          if (commit(view)) {
            return result;
          }
          yieldToOthers(attempt);
        }
      } finally {
        if (lease != null) {
          lease.release();
        }
      }
    }

    private ProcessorEntry<K, V> view() {
      byte[] bytes = seen;
      return new ProcessorEntry<>(
          parts.coding(),
          parts.coding().keyCopy(key, entry).get(),
          bytes != null && parts.coding().valueOrMiss(entry, bytes) != null,
          () -> parts.coding().valueOrMiss(entry, bytes),
          () -> loader == null ? null : loader.load(key));
    }

    private @Nullable T process(ProcessorEntry<K, V> view) {
      try {
        return processor.process(view, arguments);
      } catch (RuntimeException e) {
        count();
        throw wrapped(e);
      }
    }

    /**
     * False if somebody else changed the entry meanwhile; {@code seen} is then what is there now.
     */
    private boolean commit(ProcessorEntry<K, V> view) {
      return switch (view.effect()) {
        case NOTHING -> read(view.lifetime());
        case ACCESS -> accessed(view.lifetime());
        case LOAD -> store(Operation.LOAD, view);
        case STORE -> store(Operation.INVOKE_STORE, view);
        case REMOVE -> remove();
      };
    }

    private boolean read(@Nullable Long lifetime) {
      count();
      if (lifetime != null && seen != null) {
        parts.store().touch(Map.of(entry, lifetime));
      }
      return true;
    }

    private boolean accessed(@Nullable Long lifetime) {
      if (lifetime != null) {
        return read(lifetime);
      }
      count();
      consequences.access(key, entry, seen);
      return true;
    }

    private boolean store(Operation operation, ProcessorEntry<K, V> view) {
      V value = view.newValue();
      Mutation store = Mutation.store(parts.coding().value(value));
      Mutation guarded = seen == null ? store.ifAbsent() : store.ifEqual(seen);
      if (operation == Operation.INVOKE_STORE) {
        parts.writer().write(key, value);
      }
      Request<K, V> request = Request.store(operation, key, entry, value, guarded);
      Long lifetime = view.lifetime();
      return applied(lifetime == null ? request : request.living(Lifetimes.of(lifetime)));
    }

    private boolean remove() {
      parts.writer().delete(key);
      Mutation removal = Mutation.remove();
      if (seen == null) {
        return read(null);
      }
      Request<K, V> request = Request.remove(Operation.INVOKE_REMOVE, key, entry);
      return applied(request.with(removal.ifEqual(seen)));
    }

    private boolean applied(Request<K, V> request) {
      Outcome outcome =
          parts.store().apply(new Change(entry, request.mutation(), lifetimes(request)));
      if (outcome.is(Outcome.Kind.REFUSED)) {
        seen =
            outcome.previous() != null
                ? outcome.previous()
                : parts.store().read(entry, Lifetimes.UNCHANGED);
        return false;
      }
      if (outcome.is(Outcome.Kind.ABSENT)) {
        seen = null;
        return false;
      }
      count();
      // the bytes that were replaced are the bytes that were seen
      consequences.of(request, Outcome.of(outcome.kind(), seen), nanos());
      return true;
    }

    private Lifetimes lifetimes(Request<K, V> request) {
      if (request.lifetimes() != null) {
        return request.lifetimes();
      }
      if (!request.mutation().isStore()) {
        return Lifetimes.of(Lifetimes.ZERO);
      }
      return answers.lifetimes(seen != null);
    }

    private void count() {
      Outcome.Kind kind = seen == null ? Outcome.Kind.ABSENT : Outcome.Kind.FOUND;
      consequences.counted(Operation.INVOKE, kind, nanos());
    }

    private long nanos() {
      return parts.nanos().getAsLong() - start;
    }

    /**
     * After a few lost races the JVMs take turns; who cannot get a turn in time goes on without.
     */
    private void yieldToOthers(int attempt) {
      if (System.nanoTime() - deadline > 0) {
        String more =
            parts.writer().isPresent() ? ", though the CacheWriter may have been called" : "";
        throw new CacheException(
            "cache '%s': key '%s' is changed by others faster than it can be processed; gave up after %d attempts, nothing was changed in the cache%s"
                .formatted(parts.name(), entry, attempt, more));
      }
      if (attempt >= FREE_ATTEMPTS && lease == null) {
        lease = parts.leases().await(entry, deadline);
        seen = parts.store().read(entry, Lifetimes.UNCHANGED);
      }
    }
  }
}
