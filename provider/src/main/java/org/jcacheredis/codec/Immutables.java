// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jcacheredis.codec.FieldShape.Slot;

/** Values that may be shared without a copy. */
final class Immutables {
  private Immutables() {}

  /** Whether nobody can change this value. */
  static boolean contains(Object value) {
    Class<?> type = value.getClass();
    Scalar scalar = Scalar.of(type);
    if (scalar != null) {
      return scalar != Scalar.DATE;
    }
    if (value instanceof Enum<?> || type == Locale.class || type == Pattern.class) {
      return true;
    }
    return type.isRecord() && !FieldShape.ofJdk(type) && hasImmutableComponents(value);
  }

  private static boolean hasImmutableComponents(Object value) {
    try {
      return FieldShape.of(value.getClass()).slots().stream()
          .map((Slot slot) -> slot.get(value))
          .filter(Objects::nonNull)
          .allMatch(Immutables::contains);
    } catch (CodecException e) {
      return false; // closed to reflection: nothing is known of it
    }
  }
}
