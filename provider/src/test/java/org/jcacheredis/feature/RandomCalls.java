// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.jcacheredis.RedisCache;
import org.jcacheredis.processor.LuaProcessors;

/** Calls of every kind on a few keys; the same random numbers give the same call. */
final class RandomCalls {
  /** How many kinds there are. */
  static final int KINDS = 24;

  static final List<String> KEYS =
      List.of("", "a", "b", "c#1", "{t}", "*", "\u0000\r\n", "\u00e4\u20ac", "k".repeat(300));

  private RandomCalls() {}

  /** What a call of this kind gave or threw, long values cut short. */
  static String outcome(RedisCache<String, String> cache, int number, Random random) {
    try {
      String told = number + ": " + call(cache, number, random);
      return told.replaceAll("z{9,}", "z*").replaceAll("k{9,}", "k*");
    } catch (RuntimeException e) {
      return number + ": " + e.getClass().getName() + ": " + e.getMessage();
    }
  }

  private static Object call(RedisCache<String, String> cache, int number, Random random) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    String value = value(random);
    String other = value(random);
    Set<String> some =
        KEYS.stream()
            .filter(k -> random.nextBoolean())
            .collect(Collectors.toCollection(TreeSet::new));
    return switch (number) {
      case 0 -> cache.get(key);
      case 1 -> new TreeMap<>(cache.getAll(some));
      case 2 -> cache.containsKey(key);
      case 3 -> done(() -> cache.put(key, value));
      case 4 -> cache.getAndPut(key, value);
      case 5 ->
          done(() -> cache.putAll(some.stream().collect(Collectors.toMap(k -> k, k -> value))));
      case 6 -> cache.putIfAbsent(key, value);
      case 7 -> cache.remove(key);
      case 8 -> cache.remove(key, value);
      case 9 -> cache.getAndRemove(key);
      case 10 -> cache.replace(key, value, other);
      case 11 -> cache.replace(key, value);
      case 12 -> cache.getAndReplace(key, value);
      case 13 -> done(() -> cache.removeAll(some));
      case 14 -> random.nextInt(4) > 0 ? "" : done(cache::removeAll);
      case 15 -> random.nextInt(4) > 0 ? "" : done(cache::clear);
      case 16 ->
          cache.invoke(
              key, (entry, arguments) -> processed(entry, arguments), number(random), value);
      case 17 ->
          new TreeMap<>(
              cache
                  .invokeAll(
                      some,
                      (entry, arguments) -> processed(entry, arguments),
                      number(random),
                      value)
                  .entrySet()
                  .stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, e -> "" + e.getValue().get())));
      case 18 -> cache.invoke(key, LuaProcessors.append(value));
      case 19 -> cache.invoke(key, LuaProcessors.compareAndSet(value, other));
      case 20 -> cache.invoke(key, LuaProcessors.getAndTouch(lasting(random)));
      case 21 -> done(() -> cache.put(key, value, lasting(random)));
      case 22 -> entries(cache);
      default -> cache.remainingTtl(key).map(left -> Math.round(left.toSeconds() / 60.0));
    };
  }

  private static int number(Random random) {
    return random.nextInt(5);
  }

  private static Duration lasting(Random random) {
    return List.of(
            Duration.ofNanos(1),
            Duration.ofMillis(2),
            Duration.ofHours(5),
            Duration.ofSeconds(Long.MAX_VALUE))
        .get(random.nextInt(4));
  }

  private static String value(Random random) {
    return List.of("", "x", "y", "z".repeat(5000)).get(random.nextInt(4));
  }

  private static String done(Runnable call) {
    call.run();
    return "done";
  }

  private static Object processed(MutableEntry<String, String> entry, Object... arguments) {
    boolean exists = entry.exists();
    switch ((Integer) arguments[0]) {
      case 0 -> entry.getValue();
      case 1 -> entry.setValue((String) arguments[1]);
      case 2 -> entry.remove();
      case 3 -> {
        entry.getValue();
        entry.setValue(arguments[1] + "!");
      }
      default -> throw new IllegalStateException("as wished");
    }
    return exists;
  }

  /** Each entry must come once. */
  private static Map<String, String> entries(Cache<String, String> cache) {
    Map<String, String> found = new TreeMap<>();
    for (Cache.Entry<String, String> entry : cache) {
      assertThat(found.put(entry.getKey(), entry.getValue())).isNull();
    }
    return found;
  }
}
