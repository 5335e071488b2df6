// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value as a source gave it, before any check.
 *
 * @param items the one text, or the texts of a list; empty for the other shapes
 * @param origin where it was found, for messages
 */
record Found(Shape shape, List<String> items, String origin) {
  enum Shape {
    TEXT,
    LIST,
    /** An explicit null: the setting is unset, whatever weaker sources say. */
    NULL,
    /** A block without content, such as {@code users {}}. */
    EMPTY_BLOCK,
    /** A list of blocks or of lists, which no setting takes. */
    NESTED
  }

  static Found text(String text, String origin) {
    return new Found(Shape.TEXT, List.of(text), origin);
  }

  static Found nothing(Shape shape, String origin) {
    return new Found(shape, List.of(), origin);
  }

  /** A value from a map of objects: lists stay lists, other values count by their text. */
  static Found object(@Nullable Object value, String origin) {
    if (value == null) {
      return nothing(Shape.NULL, origin);
    }
    if (value instanceof Iterable<?> values) {
      List<String> items = new ArrayList<>();
      values.forEach(item -> items.add(plain(item)));
      return new Found(Shape.LIST, List.copyOf(items), origin);
    }
    return text(plain(value), origin);
  }

  private static String plain(Object value) {
    if (value instanceof Duration duration) {
      return plain(duration);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return value instanceof Class<?> type ? type.getName() : String.valueOf(value);
  }

  private static String plain(Duration duration) {
    if (duration.equals(CacheSettings.Expiry.ETERNAL)) {
      return Kinds.ETERNAL;
    }
    if (duration.compareTo(Duration.ofDays(100_000)) > 0) {
      // beyond any setting, and beyond what fits nanoseconds
      return duration.toDays() + "d";
    }
    return duration.getNano() % 1_000_000 == 0
        ? duration.toMillis() + "ms"
        : duration.toNanos() + "ns";
  }

  /** The value as its author wrote it, more or less. */
  String shown() {
    return switch (shape) {
      case TEXT -> items.get(0);
      case LIST -> items.toString();
      case NULL -> "null";
      case EMPTY_BLOCK -> "{}";
      case NESTED -> "[..]";
    };
  }
}
