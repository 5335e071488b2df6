// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.function.Supplier;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.Effect;
import org.jcacheredis.internal.entry.Effects;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.event.EntryChange;
import org.jspecify.annotations.Nullable;

/** What follows once the store has answered: counters, the lifetime of an access, events. */
final class Consequences<K, V> {
  private final CacheParts<K, V> parts;

  Consequences(CacheParts<K, V> parts) {
    this.parts = parts;
  }

  /**
   * Draws the consequences of a mutation that took {@code nanos}.
   *
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener fails
   */
  void of(Request<K, V> request, Outcome outcome, long nanos) {
    Effect effect = Effects.of(request.operation(), outcome.kind());
    parts.statistics().record(effect, nanos);
    if (effect.lifetime() == Effect.Lifetime.ACCESS) {
      access(request.key(), request.entry(), outcome.previous());
    }
    if (!effect.events().isEmpty() && parts.events().isActive()) {
      Mutation mutation = request.mutation();
      byte[] current = mutation.isStore() ? mutation.newValue() : null;
      parts
          .events()
          .dispatch(
              effect.events(), change(request.key(), request.entry(), current, outcome.previous()));
    }
  }

  /** Counts a read of one entry: {@code FOUND}, {@code ABSENT} or {@code EXPIRED}. */
  void counted(Operation operation, Outcome.Kind kind, long nanos) {
    parts.statistics().record(Effects.of(operation, kind), nanos);
  }

  /**
   * Gives an entry that was seen with these bytes the lifetime of an access; one round trip, none
   * if the policy leaves the lifetime as it is.
   */
  void access(K key, EntryKey entry, byte @Nullable [] seen) {
    Change change = accessing(entry, seen);
    if (change != null) {
      accessed(key, entry, seen, parts.store().apply(change));
    }
  }

  /**
   * What follows in the store from an access of an entry that was seen with these bytes: another
   * lifetime, or its end unless it has changed meanwhile; null if nothing. Asks the policy.
   */
  @Nullable Change accessing(EntryKey entry, byte @Nullable [] seen) {
    long lifetime = parts.expiry().onAccess();
    if (lifetime != Lifetimes.ZERO) {
      return lifetime == Lifetimes.UNCHANGED ? null : Change.touch(entry, lifetime);
    }
    return seen == null
        ? null
        : new Change(entry, Mutation.expire().ifEqual(seen), Lifetimes.of(Lifetimes.ZERO));
  }

  /** What follows from what the store made of {@link #accessing}. */
  void accessed(K key, EntryKey entry, byte @Nullable [] seen, Outcome outcome) {
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    if (outcome.isDone() && seen != null) {
      expired(key, entry, Outcome.of(outcome.kind(), seen).announced(outcome.announced()));
    }
  }

  /** Tells of an entry that an access has ended; the outcome has the bytes that were there. */
  void expired(K key, EntryKey entry, Outcome ended) {
    if (parts.events().isActive()) {
      Effect effect = Effects.of(Operation.GET, Outcome.Kind.EXPIRED);
      parts.events().dispatch(effect.events(), change(key, entry, null, ended.previous()));
    }
  }

  private EntryChange<K, V> change(
      K key, EntryKey entry, byte @Nullable [] current, byte @Nullable [] previous) {
    return new EntryChange<>(
        parts.coding().keyCopy(key, entry), value(entry, current), value(entry, previous));
  }

  private @Nullable Supplier<@Nullable V> value(EntryKey entry, byte @Nullable [] bytes) {
    return bytes == null ? null : new Lazy<>(() -> parts.coding().valueOrMiss(entry, bytes));
  }

  /** Decodes once, for however many listeners look. */
  private static final class Lazy<T> implements Supplier<@Nullable T> {
    private final Supplier<@Nullable T> source;
    private @Nullable T value;

    Lazy(Supplier<@Nullable T> source) {
      this.source = source;
    }

    @Override
    public synchronized @Nullable T get() {
      if (value == null) {
        value = source.get();
      }
      return value;
    }
  }
}
