// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a cache's entries are laid out in Redis. Immutable.
 *
 * @param partitions the number of hashes; 0 for {@code KEYS}
 */
public record Layout(Kind kind, int partitions) {
  /** One key an entry. */
  public static final Layout KEYS = new Layout(Kind.KEYS, 0);

  private static final String SEPARATOR = ":";

  /** A key an entry, or a field an entry in a fixed number of hashes. */
  public enum Kind {
    KEYS,
    HASH
  }

  /** So many hashes. */
  public static Layout hash(int partitions) {
    return new Layout(Kind.HASH, partitions);
  }

  /** {@code keys} or {@code hash}, as in the settings. */
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** As it is noted in the server: {@code keys} or {@code hash:64}. Part of the data model. */
  @Override
  public String toString() {
    return kind == Kind.KEYS ? name() : name() + SEPARATOR + partitions;
  }

  /** The way back from {@link #toString}; null for anything else. */
  static @Nullable Layout parse(String note) {
    if (note.equals(KEYS.toString())) {
      return KEYS;
    }
    String prefix = Kind.HASH.name().toLowerCase(Locale.ROOT) + SEPARATOR;
    if (!note.startsWith(prefix) || !note.substring(prefix.length()).matches("[1-9][0-9]{0,3}")) {
      return null;
    }
    Layout layout = hash(Integer.parseInt(note.substring(prefix.length())));
    return Integer.bitCount(layout.partitions) == 1 ? layout : null;
  }
}
