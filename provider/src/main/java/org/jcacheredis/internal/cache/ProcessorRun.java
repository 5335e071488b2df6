// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import javax.cache.processor.EntryProcessor;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.ExpiryAnswers;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.integration.Loader;
import org.jspecify.annotations.Nullable;

/**
 * One processor on one key, whose lock the thread holds: {@link #sees}, {@link #process}, then the
 * change in the store, then {@link #concluded}; all again with what is there now, if that was
 * false. One thread.
 */
final class ProcessorRun<K, V, T> {
  /**
   * What the runs of one call have in common.
   *
   * @param loader null without read-through
   */
  record Call<K, V, T>(
      CacheParts<K, V> parts,
      Consequences<K, V> consequences,
      @Nullable Loader<K, V> loader,
      EntryProcessor<K, V, T> processor,
      Object[] arguments) {}

  private final Call<K, V, T> call;
  private final K key;
  private final EntryKey entry;
  private final ExpiryAnswers answers;
  private byte @Nullable [] seen;

  /** What the processor asked for, if it was a change of the value. */
  private @Nullable Request<K, V> request;

  private @Nullable T result;
  private int attempts;
  private long spent;

  ProcessorRun(Call<K, V, T> call, Target<K> target) {
    this.call = call;
    this.key = target.key();
    this.entry = target.entry();
    this.answers = new ExpiryAnswers(call.parts.expiry());
  }

  K key() {
    return key;
  }

  EntryKey entry() {
    return entry;
  }

  /** How often the processor has run. */
  int attempts() {
    return attempts;
  }

  /** What the processor returned the last time. */
  @Nullable T result() {
    return result;
  }

  /** What the store holds; {@code nanos} is what it took to learn that. */
  void sees(byte @Nullable [] bytes, long nanos) {
    seen = bytes;
    spent += nanos;
  }

  /**
   * Runs the processor, then the writer.
   *
   * @return what remains to be done in the store; null if nothing, and then this run has ended
   * @throws javax.cache.processor.EntryProcessorException if the processor fails
   */
  @Nullable Change process() {
    long start = call.parts.nanos().getAsLong();
    attempts++;
    request = null;
    ProcessorEntry<K, V> view = view();
    try {
      result = call.processor.process(view, call.arguments);
    } catch (RuntimeException e) {
      spentSince(start);
      count();
      throw ProcessorResults.wrapped(e);
    }
    Change change = change(view);
    spentSince(start);
    if (request == null) {
      count();
    }
    return change;
  }

  private ProcessorEntry<K, V> view() {
    CacheParts<K, V> parts = call.parts;
    Loader<K, V> loader = call.loader;
    byte[] bytes = seen;
    return new ProcessorEntry<>(
        parts.coding(),
        parts.coding().keyCopy(key, entry).get(),
        bytes != null && parts.coding().valueOrMiss(entry, bytes) != null,
        () -> parts.coding().valueOrMiss(entry, bytes),
        () -> loader == null ? null : loader.load(key));
  }

  private @Nullable Change change(ProcessorEntry<K, V> view) {
    return switch (view.effect()) {
      case NOTHING -> touch(view.lifetime());
      case ACCESS ->
          view.lifetime() == null
              ? call.consequences.accessing(entry, seen)
              : touch(view.lifetime());
      case LOAD -> storing(Operation.LOAD, view);
      case STORE -> storing(Operation.INVOKE_STORE, view);
      case REMOVE -> removing();
    };
  }

  private @Nullable Change touch(@Nullable Long lifetime) {
    return lifetime == null || seen == null ? null : Change.touch(entry, lifetime);
  }

  private Change storing(Operation operation, ProcessorEntry<K, V> view) {
    V value = view.newValue();
    Mutation store = Mutation.store(call.parts.coding().value(value));
    Mutation guarded = seen == null ? store.ifAbsent() : store.ifEqual(seen);
    if (operation == Operation.INVOKE_STORE) {
      call.parts.writer().write(key, value);
    }
    request = Request.store(operation, key, entry, value, guarded);
    Long lifetime = view.lifetime();
    Lifetimes lifetimes =
        lifetime == null ? answers.lifetimes(seen != null) : Lifetimes.of(lifetime);
    return new Change(entry, guarded, lifetimes);
  }

  private @Nullable Change removing() {
    call.parts.writer().delete(key);
    if (seen == null) {
      return null;
    }
    Mutation guarded = Mutation.remove().ifEqual(seen);
    request = Request.<K, V>remove(Operation.INVOKE_REMOVE, key, entry).with(guarded);
    return new Change(entry, guarded, Lifetimes.of(Lifetimes.ZERO));
  }

  /**
   * Draws the consequences of what the store did in {@code nanos}.
   *
   * @return false if somebody else changed the entry since it was seen, and nothing was done
   */
  boolean concluded(Outcome outcome, long nanos) {
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    spent += nanos;
    Request<K, V> asked = request;
    if (asked == null) {
      call.consequences.accessed(key, entry, seen, outcome);
      return true;
    }
    if (outcome.is(Outcome.Kind.REFUSED) || outcome.is(Outcome.Kind.ABSENT)) {
      return false;
    }
    count();
    // the bytes that were replaced are the bytes that were seen
    Outcome whole = Outcome.of(outcome.kind(), seen).announced(outcome.announced());
    call.consequences.of(asked, whole, spent);
    return true;
  }

  private void count() {
    Outcome.Kind kind = seen == null ? Outcome.Kind.ABSENT : Outcome.Kind.FOUND;
    call.consequences.counted(Operation.INVOKE, kind, spent);
  }

  private void spentSince(long start) {
    spent += call.parts.nanos().getAsLong() - start;
  }
}
