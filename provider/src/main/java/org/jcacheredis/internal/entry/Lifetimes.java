// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an entry lives from now on, in milliseconds or one of the named values, for the three
 * cases of an {@code ExpiryPolicy}. The server decides which case it is.
 */
public record Lifetimes(long onCreation, long onUpdate, long onAccess) {
  /** No lifetime at all: not stored, or gone at once. */
  public static final long ZERO = 0;

  /** No end; an earlier deadline is taken away. */
  public static final long ETERNAL = -1;

  /** The deadline stays as it is. */
  public static final long UNCHANGED = -2;

  /**
   * About 1,100 years. What is longer has no end: of a field's lifetime Redis takes no more than
   * twice as much. The same bound is in {@code process.lua}.
   */
  private static final long LONGEST = 1L << 45;

  /** One lifetime, whether the entry is created or updated. */
  public static Lifetimes of(long millis) {
    return new Lifetimes(millis, millis, UNCHANGED);
  }

  /** What an expiry policy's answer means; null is {@link #UNCHANGED}. Never overflows. */
  public static long millis(@Nullable Duration duration) {
    if (duration == null) {
      return UNCHANGED;
    }
    if (duration.isEternal()) {
      return ETERNAL;
    }
    return bounded(duration.getTimeUnit().toMillis(duration.getDurationAmount()));
  }

  /**
   * What a {@code java.time.Duration} means; less than a millisecond, but not zero, counts as one.
   */
  public static long millis(java.time.Duration duration) {
    if (duration.getSeconds() >= TimeUnit.MILLISECONDS.toSeconds(LONGEST)) {
      return ETERNAL;
    }
    long millis = duration.toMillis();
    return millis == 0 && !duration.isZero() ? 1 : millis;
  }

  /** Each lifetime shortened by the same random share of at most {@code percent}. */
  public Lifetimes jittered(int percent) {
    if (percent == 0) {
      return this;
    }
    double share = 1 - ThreadLocalRandom.current().nextDouble(percent / 100.0);
    return new Lifetimes(
        shortened(onCreation, share), shortened(onUpdate, share), shortened(onAccess, share));
  }

  /** Whether created and updated entries get the same new deadline. */
  public boolean isUniform() {
    return onCreation == onUpdate;
  }

  private static long bounded(long millis) {
    return millis >= LONGEST ? ETERNAL : millis;
  }

  private static long shortened(long millis, double share) {
    return millis > 0 ? Math.max(1, (long) (millis * share)) : millis;
  }
}
