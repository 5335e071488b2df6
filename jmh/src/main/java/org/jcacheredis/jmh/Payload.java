// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys and values of every contender. A value is a counter of ten digits, then filler. */
final class Payload {
  /** How many keys a run spreads over. */
  static final int KEYS = 10_000;

  /** How many entries one bulk call carries. */
  static final int BATCH = 100;

  /** The one key that every thread updates in {@code invokeHot}. */
  static final String HOT_KEY = key(0);

  private static final int DIGITS = 10;

  private Payload() {}

  static String key(int index) {
    return "key-" + index;
  }

  /** All keys in their order. */
  static String[] keys() {
    String[] keys = new String[KEYS];
    for (int i = 0; i < KEYS; i++) {
      keys[i] = key(i);
    }
    return keys;
  }

  /** All keys, each with the same value, cut into maps of {@link #BATCH}. */
  static List<Map<String, String>> batches(String value) {
    List<Map<String, String>> batches = new ArrayList<>();
    for (int start = 0; start < KEYS; start += BATCH) {
      Map<String, String> batch = new LinkedHashMap<>();
      for (int i = start; i < start + BATCH; i++) {
        batch.put(key(i), value);
      }
      batches.add(batch);
    }
    return batches;
  }

  /** A value of {@code size} ASCII characters whose counter is zero. */
  static String value(int size) {
    if (size < DIGITS) {
      throw new IllegalArgumentException(
          "size is " + size + "; a value needs " + DIGITS + " characters or more");
    }
    return "0".repeat(DIGITS) + "x".repeat(size - DIGITS);
  }

  /** The same value with its counter one higher. */
  static String next(String value) {
    String digits = Long.toString(count(value) + 1);
    return "0".repeat(DIGITS - digits.length()) + digits + value.substring(DIGITS);
  }

  /** How many times {@link #next} led to this value. */
  static long count(String value) {
    return Long.parseLong(value, 0, DIGITS, 10);
  }
}
