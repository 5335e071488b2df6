// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.ExpiryAnswers;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Mutation.Guard;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests out in the store: one round trip where condition and lifetimes are known in
 * advance. Where the expiry policy must be asked, or the writer called only if the condition holds,
 * it looks first and guards the write with what it saw.
 */
final class Committer<K, V> {
  private final CacheParts<K, V> parts;

  Committer(CacheParts<K, V> parts) {
    this.parts = parts;
  }

  /**
   * Carries out one request.
   *
   * @param admitted run once, as soon as the condition is known to hold and before anything
   *     changes; a failure leaves the entry as it is
   */
  Outcome commit(Request<K, V> request, Runnable admitted) {
    Lifetimes known = known(request);
    boolean writesOnCondition =
        parts.writer().isPresent() && request.mutation().guard() != Guard.ALWAYS;
    if (known == null || writesOnCondition) {
      return lookAndCommit(request, admitted);
    }
    admitted.run();
    Outcome outcome = apply(request, request.mutation(), known);
    return isEqualInOtherBytes(request, outcome) ? overOthers(request, known, outcome) : outcome;
  }

  /** Again, over the bytes that were there instead of the expected ones. */
  private Outcome overOthers(Request<K, V> request, Lifetimes known, Outcome refused) {
    long deadline = System.nanoTime() + parts.deadline().toNanos();
    Outcome outcome = refused;
    while (isEqualInOtherBytes(request, outcome)) {
      checkTime(request, deadline);
      outcome = apply(request, request.mutation().ifEqual(seen(outcome)), known);
    }
    return outcome;
  }

  /** Carries out many requests without conditions, of different keys; outcomes in their order. */
  List<Outcome> commitAll(List<Request<K, V>> requests) {
    List<EntryKey> asked =
        requests.stream().filter(r -> known(r) == null).map(Request::entry).toList();
    Set<EntryKey> present = asked.isEmpty() ? Set.of() : parts.store().present(asked);
    List<Change> changes = new ArrayList<>(requests.size());
    for (Request<K, V> request : requests) {
      changes.add(change(request, present.contains(request.entry())));
    }
    List<Outcome> outcomes = new ArrayList<>(parts.store().applyAll(changes));
    for (int i = 0; i < outcomes.size(); i++) {
      if (isOvertaken(changes.get(i).mutation(), requests.get(i).mutation(), outcomes.get(i))) {
        outcomes.set(i, commitAgain(requests.get(i)));
      }
    }
    return outcomes;
  }

  private Outcome commitAgain(Request<K, V> request) {
    try {
      return commit(request, () -> {});
    } catch (CacheException e) {
      return Outcome.failed(e);
    }
  }

  private Change change(Request<K, V> request, boolean present) {
    Lifetimes known = known(request);
    return known != null
        ? new Change(request.entry(), request.mutation(), known)
        : new Change(
            request.entry(),
            present ? request.mutation().ifPresent() : request.mutation().ifAbsent(),
            new ExpiryAnswers(parts.expiry()).lifetimes(present));
  }

  /** Whether another JVM changed the presence of the entry between look and write. */
  private static boolean isOvertaken(Mutation guarded, Mutation asked, Outcome outcome) {
    return guarded.guard() != asked.guard()
        && (outcome.is(Outcome.Kind.REFUSED) || outcome.is(Outcome.Kind.ABSENT));
  }

  private Outcome lookAndCommit(Request<K, V> request, Runnable admitted) {
    ExpiryAnswers answers = new ExpiryAnswers(parts.expiry());
    boolean open = true;
    long deadline = System.nanoTime() + parts.deadline().toNanos();
    while (true) {
      Sight sight = look(request);
      Outcome refusal = refusal(request, sight);
      if (refusal != null) {
        return refusal;
      }
      if (open) {
        admitted.run();
        open = false;
      }
      Mutation guarded = guarded(request.mutation(), sight);
      Lifetimes known = known(request);
      Outcome outcome =
          apply(request, guarded, known == null ? answers.lifetimes(sight.present) : known);
      if (!isOvertaken(guarded, request.mutation(), outcome) && !isRefusedBytes(guarded, outcome)) {
        return outcome;
      }
      checkTime(request, deadline);
    }
  }

  private void checkTime(Request<K, V> request, long deadline) {
    if (System.nanoTime() - deadline > 0) {
      String more =
          parts.writer().isPresent() ? ", though the CacheWriter may have been called" : "";
      throw new CacheException(
          "cache '%s': key '%s' is changed by others faster than it can be written; gave up after %d ms, nothing was changed in the cache%s"
              .formatted(parts.name(), request.entry(), parts.deadline().toMillis(), more));
    }
  }

  private static boolean isRefusedBytes(Mutation guarded, Outcome outcome) {
    return guarded.guard() == Guard.IF_EQUAL
        && (outcome.is(Outcome.Kind.REFUSED) || outcome.is(Outcome.Kind.ABSENT));
  }

  /** What the store holds for a key; the bytes only where the condition needs them. */
  private record Sight(boolean present, byte @Nullable [] bytes) {}

  private Sight look(Request<K, V> request) {
    if (request.mutation().guard() == Guard.IF_EQUAL) {
      byte[] bytes = parts.store().read(request.entry(), Lifetimes.UNCHANGED);
      return new Sight(bytes != null, bytes);
    }
    return new Sight(parts.store().contains(request.entry()), null);
  }

  private @Nullable Outcome refusal(Request<K, V> request, Sight sight) {
    return switch (request.mutation().guard()) {
      case ALWAYS -> null;
      case IF_ABSENT -> sight.present ? Outcome.of(Outcome.Kind.REFUSED) : null;
      case IF_PRESENT -> sight.present ? null : Outcome.of(Outcome.Kind.ABSENT);
      case IF_EQUAL -> {
        if (sight.bytes == null) {
          yield Outcome.of(Outcome.Kind.ABSENT);
        }
        yield isExpected(request, sight.bytes)
            ? null
            : Outcome.of(Outcome.Kind.REFUSED, sight.bytes);
      }
    };
  }

  private static Mutation guarded(Mutation mutation, Sight sight) {
    if (sight.bytes != null) {
      return mutation.ifEqual(sight.bytes);
    }
    if (!mutation.isStore()) {
      return mutation;
    }
    return sight.present ? mutation.ifPresent() : mutation.ifAbsent();
  }

  private Outcome apply(Request<K, V> request, Mutation mutation, Lifetimes lifetimes) {
    return parts.store().apply(new Change(request.entry(), mutation, lifetimes));
  }

  /** The lifetimes of a request where nobody needs to be asked; null where the policy must be. */
  private @Nullable Lifetimes known(Request<K, V> request) {
    if (request.lifetimes() != null) {
      return request.lifetimes();
    }
    return request.mutation().isStore() ? parts.expiry().fixed() : Lifetimes.of(Lifetimes.ZERO);
  }

  private boolean isEqualInOtherBytes(Request<K, V> request, Outcome outcome) {
    return outcome.is(Outcome.Kind.REFUSED)
        && request.mutation().guard() == Guard.IF_EQUAL
        && isExpected(request, seen(outcome));
  }

  /** Equality is that of the objects; equal bytes only save the decoding. */
  private boolean isExpected(Request<K, V> request, byte[] bytes) {
    return java.util.Arrays.equals(bytes, request.mutation().expected())
        || request.expectedValue().equals(parts.coding().valueOrMiss(request.entry(), bytes));
  }

  private static byte[] seen(Outcome outcome) {
    return java.util.Objects.requireNonNull(outcome.previous());
  }
}
