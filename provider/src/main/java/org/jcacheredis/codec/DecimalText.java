// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Predicate;

/**
 * The shortest decimal text that reads back as the same floating-point number. {@code
 * Double.toString} will not do for keys: JDK 19 changed some of its results.
 */
final class DecimalText {
  private static final double EXACT_LONGS = 1L << 53;

  private DecimalText() {}

  static String of(Double value) {
    double number = value;
    if (Double.isNaN(number) || Double.isInfinite(number) || number == 0.0) {
      return value.toString();
    }
    if (number == Math.rint(number) && Math.abs(number) < EXACT_LONGS) {
      return Long.toString((long) number);
    }
    return shortest(new BigDecimal(number), text -> Double.parseDouble(text) == number);
  }

  static String of(Float value) {
    float number = value;
    if (Float.isNaN(number) || Float.isInfinite(number) || number == 0.0f) {
      return value.toString();
    }
    return shortest(new BigDecimal(number), text -> Float.parseFloat(text) == number);
  }

  private static String shortest(BigDecimal exact, Predicate<String> same) {
    for (int digits = 1; digits < 18; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
      if (same.test(rounded.toString())) {
        return Math.abs(rounded.scale()) < 20 ? rounded.toPlainString() : rounded.toString();
      }
    }
    return exact.toString();
  }
}
