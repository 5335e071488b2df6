// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Arrays;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/** An announcement in a form that can be compared. */
record Told(
    Announcement.Kind kind,
    long id,
    EntryKey key,
    long lifetime,
    @Nullable String value,
    @Nullable String previous) {
  static Told of(Announcement told) {
    return new Told(
        told.kind(),
        told.id(),
        told.key(),
        told.lifetime(),
        text(told.value()),
        text(told.previous()));
  }

  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : Arrays.toString(bytes);
  }
}
