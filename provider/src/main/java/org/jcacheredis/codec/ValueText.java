// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content numbers of values that are stored as text, and of bytes that are stored as such. */
final class ValueText {
  static final int STRING = 4;
  static final int BYTES = 14;
  private static final Scalar[] BY_NUMBER = {
    Scalar.STRING,
    Scalar.LONG,
    Scalar.INTEGER,
    Scalar.SHORT,
    Scalar.BYTE,
    Scalar.DOUBLE,
    Scalar.FLOAT,
    Scalar.BOOLEAN,
    Scalar.BIG_DECIMAL,
    Scalar.BIG_INTEGER
  };
  private static final Map<Class<?>, Integer> NUMBERS =
      Map.of(
          String.class, 4,
          Long.class, 5,
          Integer.class, 6,
          Short.class, 7,
          Byte.class, 8,
          Double.class, 9,
          Float.class, 10,
          Boolean.class, 11,
          BigDecimal.class, 12,
          BigInteger.class, 13);

  private ValueText() {}

  static @Nullable Integer number(Class<?> type) {
    return NUMBERS.get(type);
  }

  /** The scalar of a content number, null if the number stands for something else. */
  static @Nullable Scalar scalar(int number) {
    int index = number - STRING;
    return index >= 0 && index < BY_NUMBER.length ? BY_NUMBER[index] : null;
  }

  /**
   * The text as UTF-8; null for a string that UTF-8 cannot say. Numbers are as {@code toString}
   * says: a script may write them back in another form, so no form is more canonical than another.
   */
  static byte @Nullable [] print(Object value) {
    return ScalarText.utf8OrNull(value.toString());
  }
}
