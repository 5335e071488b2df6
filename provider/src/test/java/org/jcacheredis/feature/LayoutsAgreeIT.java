// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.ExpiryPolicy;
import org.awaitility.Awaitility;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCacheStatisticsMXBean;
import org.jcacheredis.processor.LuaProcessors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random calls on a cache in keys and on one in hashes: results, events, counters, what is
 * there and for how long must agree, also right behind the end of lifetimes, where Redis has not
 * deleted the field yet.
 */
@NeedsFieldLifetimes
class LayoutsAgreeIT {
  private static final Duration TIME = Duration.ofMillis(Long.getLong("layouts.millis", 2500));
  private static final int CALLS = 40;

  /** Between the short lifetimes and the long ones. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final List<String> KEYS =
      List.of("", "a", "b", "c#1", "{t}", "*", "\u0000\r\n", "\u00e4\u20ac", "k".repeat(300));

  @AutoClose private final Space space = Space.shared();

  /** What the policy of both caches says; null is unchanged. */
  private static final class Policy implements ExpiryPolicy {
    private javax.cache.expiry.Duration creation = javax.cache.expiry.Duration.ETERNAL;
    private javax.cache.expiry.Duration access;
    private javax.cache.expiry.Duration update;

    @Override
    public javax.cache.expiry.Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public javax.cache.expiry.Duration getExpiryForAccess() {
      return access;
    }

    @Override
    public javax.cache.expiry.Duration getExpiryForUpdate() {
      return update;
    }
  }

  /** One of the two caches, and what its listener heard since it was asked. */
  private record Side(RedisCache<String, String> cache, List<String> heard) {}

  private record Listener(List<String> heard)
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      keep(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      keep(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      keep(events);
    }

    private synchronized void keep(
        Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      for (CacheEntryEvent<? extends String, ? extends String> event : events) {
        heard.add(
            (event.getEventType()
                    + ":"
                    + event.getKey()
                    + "="
                    + event.getValue()
                    + (event.isOldValueAvailable() ? "<" + event.getOldValue() : ""))
                .replaceAll("z{9,}", "z*")
                .replaceAll("k{9,}", "k*"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own policy", "fixed policy", "own policy, heard", "fixed policy, heard"})
  void calls_ofAnyKind_doTheSameOnBothLayouts(String kind) {
    long seed = Long.getLong("layouts.seed", System.nanoTime());
    System.out.println("LayoutsAgreeIT: " + kind + ", seed " + seed);
    Random random = new Random(seed);
    long end = System.nanoTime() + TIME.toNanos();
    int rounds = 0;
    while (System.nanoTime() < end) {
      round(kind, random, "seed " + seed + ", round " + rounds++);
    }
    System.out.println("LayoutsAgreeIT: " + rounds + " rounds");
  }

  private void round(String kind, Random random, String name) {
    Policy policy = new Policy();
    choose(policy, random);
    boolean isFixed = kind.startsWith("fixed");
    String[] settings = settings(random);
    List<Side> sides = new ArrayList<>();
    for (String layout : List.of("keys", "hash")) {
      sides.add(side(layout, policy, isFixed, kind.endsWith("heard"), settings));
    }
    List<String> story = new ArrayList<>(List.of(settings));
    for (int i = 0; i < CALLS; i++) {
      if (!isFixed) {
        choose(policy, random);
      }
      compare(policy, random, sides, story, name);
      settle(sides);
    }
    assertThat(counters(sides.get(1))).as("%s: %s", name, story).isEqualTo(counters(sides.get(0)));
    for (Side side : sides) {
      CacheManager manager = side.cache.getCacheManager();
      manager.destroyCache(side.cache.getName());
      manager.close();
    }
  }

  private static String[] settings(Random random) {
    return new String[] {
      "cache-defaults.scan-size=" + any(random, 1, 10, 1000),
      "cache-defaults.bulk-size=" + any(random, 1, 3, 500),
      "cache-defaults.partitions=" + any(random, 1, 2, 64, 4096)
    };
  }

  private static int any(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }

  private Side side(
      String layout, Policy policy, boolean isFixed, boolean isHeard, String... settings) {
    RedisCacheConfiguration<String, String> configuration =
        new RedisCacheConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiryPolicyFactory(isFixed ? new Fixed(policy).factory() : () -> policy)
            .setting("layout", layout);
    List<String> heard = new ArrayList<>();
    if (isHeard) {
      configuration.addCacheEntryListenerConfiguration(
          new MutableCacheEntryListenerConfiguration<>(
              () -> new Listener(heard), null, true, true));
    }
    return new Side(Space.cache(space.manager(settings), layout, configuration), heard);
  }

  /** One of the policies of the specification, whose answers the provider knows beforehand. */
  private record Fixed(Policy policy) {
    javax.cache.configuration.Factory<? extends ExpiryPolicy> factory() {
      if (policy.access != null) {
        return javax.cache.expiry.TouchedExpiryPolicy.factoryOf(policy.access);
      }
      return policy.update != null
          ? javax.cache.expiry.ModifiedExpiryPolicy.factoryOf(policy.update)
          : javax.cache.expiry.CreatedExpiryPolicy.factoryOf(policy.creation);
    }
  }

  private static void choose(Policy policy, Random random) {
    policy.creation = Optional.ofNullable(lifetime(random)).orElse(hours(1));
    policy.update = lifetime(random);
    policy.access = random.nextInt(3) == 0 ? lifetime(random) : null;
  }

  private static javax.cache.expiry.Duration lifetime(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> javax.cache.expiry.Duration.ZERO;
      case 1 -> javax.cache.expiry.Duration.ETERNAL;
      case 2 -> hours(1 + random.nextInt(3));
      case 3 -> new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, (1L << 45) - 1);
      case 4 -> new javax.cache.expiry.Duration(TimeUnit.DAYS, Long.MAX_VALUE);
      case 5, 6 -> new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 1 + random.nextInt(2));
      default -> null;
    };
  }

  private static javax.cache.expiry.Duration hours(int hours) {
    return new javax.cache.expiry.Duration(TimeUnit.HOURS, hours);
  }

  private static void compare(
      Policy policy, Random random, List<Side> sides, List<String> story, String name) {
    int number = random.nextInt(24);
    long own = random.nextLong();
    story.add(
        number
            + "/"
            + shown(policy.creation)
            + "/"
            + shown(policy.update)
            + "/"
            + shown(policy.access));
    List<String> outcomes = new ArrayList<>();
    for (Side side : sides) {
      side.heard.clear();
      outcomes.add(outcome(side, number, new Random(own)) + " heard " + sorted(side.heard));
    }
    story.set(story.size() - 1, story.get(story.size() - 1) + " " + outcomes.get(0));
    assertThat(outcomes.get(1)).as("%s: %s", name, story).isEqualTo(outcomes.get(0));
  }

  /** Of several entries in any order. */
  private static List<String> sorted(List<String> heard) {
    return heard.stream().sorted().toList();
  }

  private static String outcome(Side side, int number, Random random) {
    try {
      String told = number + ": " + call(side.cache, number, random);
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

  private static Object processed(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments) {
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

  /** Lets short lifetimes end: right behind, the server may still have the fields. */
  private static void settle(List<Side> sides) {
    for (Side side : sides) {
      for (String key : KEYS) {
        if (isEnding(side, key)) {
          Awaitility.await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofNanos(200_000))
              .until(() -> !isEnding(side, key));
        }
      }
    }
  }

  /** Redis says that a field has no time left a millisecond before it is gone. */
  private static boolean isEnding(Side side, String key) {
    return side.cache.remainingTtl(key).filter(left -> left.compareTo(SOON) >= 0).isEmpty()
        && side.cache.containsKey(key);
  }

  private static String shown(javax.cache.expiry.Duration lifetime) {
    return lifetime == null
        ? "-"
        : lifetime.isEternal()
            ? "eternal"
            : lifetime.getDurationAmount() + " " + lifetime.getTimeUnit();
  }

  private static Map<String, Long> counters(Side side) {
    RedisCacheStatisticsMXBean counts = Kept.counts(side.cache);
    Map<String, Long> all = new HashMap<>();
    all.put("hits", counts.getCacheHits());
    all.put("misses", counts.getCacheMisses());
    all.put("puts", counts.getCachePuts());
    all.put("removals", counts.getCacheRemovals());
    all.put("evictions", counts.getCacheEvictions());
    all.put("skipped", counts.getSkippedMessages());
    all.put("lost", counts.getLostEvents());
    return all;
  }
}
