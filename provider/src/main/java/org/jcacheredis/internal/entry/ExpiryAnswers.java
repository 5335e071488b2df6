// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import org.jspecify.annotations.Nullable;

/**
 * The lifetimes of one change, asked for when the case is known and at most once for each case,
 * however often the write has to be repeated. Used by one thread.
 */
public final class ExpiryAnswers {
  private final Expiry expiry;
  private @Nullable Long creation;
  private @Nullable Long update;

  public ExpiryAnswers(Expiry expiry) {
    this.expiry = expiry;
  }

  /**
   * The lifetimes of an entry that is there, or not; nobody is asked if they are known in advance.
   */
  public Lifetimes lifetimes(boolean present) {
    Lifetimes fixed = expiry.fixed();
    if (fixed != null) {
      return fixed;
    }
    if (present) {
      update = update == null ? expiry.onUpdate() : update;
      return Lifetimes.of(update);
    }
    creation = creation == null ? expiry.onCreation() : creation;
    return Lifetimes.of(creation);
  }
}
