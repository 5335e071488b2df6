// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import java.util.Set;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A cache's expiry policy. The five standard policies are final and pure, so their answers are
 * taken once and travel with the command; any other is asked exactly in its case, once. Thread-safe
 * as far as the policy is.
 */
public final class Expiry {
  private static final Set<Class<?>> PURE =
      Set.of(
          AccessedExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          EternalExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          TouchedExpiryPolicy.class,
          ConfiguredExpiry.class);

  private final ExpiryPolicy policy;
  private final int jitterPercent;
  private final @Nullable Lifetimes fixed;

  public Expiry(ExpiryPolicy policy, int jitterPercent) {
    this.policy = policy;
    this.jitterPercent = jitterPercent;
    this.fixed = PURE.contains(policy.getClass()) ? ask(policy) : null;
  }

  /** The policy itself; to be closed with the cache. */
  public ExpiryPolicy policy() {
    return policy;
  }

  /**
   * The lifetimes known in advance, jitter applied; null if the policy has to be asked each time.
   */
  public @Nullable Lifetimes fixed() {
    return fixed == null ? null : fixed.jittered(jitterPercent);
  }

  /** Whether only the policy itself knows, each time. */
  public boolean mustBeAsked() {
    return fixed == null;
  }

  /** Asks for the creation of an entry. A policy that fails, or says null, makes it eternal. */
  public long onCreation() {
    long millis = answer(policy::getExpiryForCreation, Lifetimes.ETERNAL);
    return millis == Lifetimes.UNCHANGED ? Lifetimes.ETERNAL : millis;
  }

  /** Asks for the update of an entry. A policy that fails leaves the deadline as it is. */
  public long onUpdate() {
    return answer(policy::getExpiryForUpdate, Lifetimes.UNCHANGED);
  }

  /** Asks for the access to an entry. A policy that fails leaves the deadline as it is. */
  public long onAccess() {
    return fixed == null
        ? answer(policy::getExpiryForAccess, Lifetimes.UNCHANGED)
        : fixed.jittered(jitterPercent).onAccess();
  }

  private long answer(Supplier<@Nullable Duration> question, long otherwise) {
    long millis;
    try {
      millis = Lifetimes.millis(question.get());
    } catch (RuntimeException e) {
      // specification: a failing policy leaves the implementation's default
      return otherwise;
    }
    return Lifetimes.of(millis).jittered(jitterPercent).onCreation();
  }

  private static Lifetimes ask(ExpiryPolicy policy) {
    return new Lifetimes(
        Lifetimes.millis(policy.getExpiryForCreation()),
        Lifetimes.millis(policy.getExpiryForUpdate()),
        Lifetimes.millis(policy.getExpiryForAccess()));
  }
}
