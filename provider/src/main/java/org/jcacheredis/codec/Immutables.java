// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jcacheredis.codec.FieldShape.Slot;

/** Values that may be shared without a copy. */
final class Immutables {
  private Immutables() {}

  /**
   * Whether nobody can change this value.
   *
   * @param declared names of classes that somebody vouches for
   */
  static boolean contains(Object value, Set<String> declared) {
    Class<?> type = value.getClass();
    Scalar scalar = Scalar.of(type);
    if (scalar != null) {
      return scalar != Scalar.DATE;
    }
    if (value instanceof Enum<?> || type == Locale.class || type == Pattern.class) {
      return true;
    }
    if (declared.contains(type.getName())) {
      return true;
    }
    return type.isRecord() && !FieldShape.ofJdk(type) && hasImmutableComponents(value, declared);
  }

  private static boolean hasImmutableComponents(Object value, Set<String> declared) {
    try {
      return FieldShape.of(value.getClass()).slots().stream()
          .map((Slot slot) -> slot.get(value))
          .filter(Objects::nonNull)
          .allMatch(component -> contains(component, declared));
    } catch (CodecException e) {
      return false; // closed to reflection: nothing is known of it
    }
  }
}
