// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.entry.Lifetimes;
import org.jspecify.annotations.Nullable;

/**
 * An entry's bytes and the time that it has left.
 *
 * @param bytes null if there is no entry
 * @param remaining in milliseconds from the moment of the reading, or {@code Lifetimes.ETERNAL};
 *     zero if there is no entry, or it ended while it was read
 */
public record TimedValue(byte @Nullable [] bytes, long remaining) {
  /** No entry. */
  public static final TimedValue ABSENT = new TimedValue(null, Lifetimes.ZERO);
}
