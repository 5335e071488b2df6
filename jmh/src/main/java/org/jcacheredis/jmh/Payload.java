// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Keys and values of every contender. A value is a counter of ten digits, then filler. */
final class Payload {
  /** How many entries a cache holds unless the run says otherwise. */
  static final int ENTRIES = 10_000;

  /** How many entries one bulk call carries. */
  static final int BATCH = 100;

  /** The one key that every thread updates in {@code invokeHot}. */
  static final String HOT_KEY = key(0);

  /** Sets the key's value where it still is what was read; 0 where another writer came between. */
  static final String COMPARE_AND_SET =
      "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end "
          + "redis.call('SET', KEYS[1], ARGV[2]) return 1";

  /** The fewest characters of a value. */
  static final int DIGITS = 10;

  private static final int MAX_CHUNK = 1000;
  private static final int MAX_CHUNK_CHARACTERS = 1 << 20;

  private Payload() {}

  static String key(int index) {
    return "key-" + index;
  }

  /** The keys in their order. */
  static String[] keys(int entries) {
    return IntStream.range(0, entries).mapToObj(Payload::key).toArray(String[]::new);
  }

  /** The first keys, {@link #ENTRIES} at most, each with the value, in maps of {@link #BATCH}. */
  static List<Map<String, String>> batches(int entries, String value) {
    List<Map<String, String>> batches = new ArrayList<>();
    List<String> keys = List.of(keys(Math.min(entries, ENTRIES)));
    for (int start = 0; start + BATCH <= keys.size(); start += BATCH) {
      batches.add(entries(keys.subList(start, start + BATCH), value));
    }
    return batches;
  }

  /** Each of the keys with that value. */
  static Map<String, String> entries(List<String> keys, String value) {
    Map<String, String> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(key, value));
    return entries;
  }

  /** Hands out all keys, as many at a time as one call carries well with values of that size. */
  static void chunks(int entries, int size, Consumer<List<String>> each) {
    int chunk = Math.max(1, Math.min(MAX_CHUNK, MAX_CHUNK_CHARACTERS / Math.max(1, size)));
    for (int start = 0; start < entries; start += chunk) {
      int end = Math.min(entries, start + chunk);
      each.accept(IntStream.range(start, end).mapToObj(Payload::key).toList());
    }
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
