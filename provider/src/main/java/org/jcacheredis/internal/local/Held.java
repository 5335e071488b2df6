// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * A value with what else has to be known of it. Equal only to itself, so that nobody but who found
 * it can take it away.
 */
final class Held {
  /** The object for all callers; null if each gets one of its own, made of the bytes. */
  final @Nullable Object shared;

  final EntryKey entry;
  final byte @Nullable [] bytes;
  final int weight;

  /** Null if it has no end, so that nobody needs to look at a clock. */
  final @Nullable Deadline deadline;

  /** A moment on the tier's clock. */
  record Deadline(long nanos) {
    boolean isOver(long now) {
      return now - nanos >= 0;
    }
  }

  private Held(
      EntryKey entry,
      @Nullable Object shared,
      byte @Nullable [] bytes,
      int weight,
      @Nullable Deadline deadline) {
    this.entry = entry;
    this.shared = shared;
    this.bytes = bytes;
    this.weight = weight;
    this.deadline = deadline;
  }

  /** One object for all callers, of an entry that takes {@code weight} bytes in Redis. */
  static Held shared(EntryKey entry, Object value, int weight, @Nullable Deadline deadline) {
    return new Held(entry, value, null, weight, deadline);
  }

  /** Bytes, of which each caller gets an object of its own. */
  static Held copied(EntryKey entry, byte[] bytes, @Nullable Deadline deadline) {
    return new Held(entry, null, bytes, entry.size() + bytes.length, deadline);
  }
}
