// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.configuration.Factory;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.LifetimeHistory.Call;
import org.jcacheredis.feature.LifetimeHistory.Done;
import org.jcacheredis.feature.LifetimeHistory.Lives;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Threads of several managers change the same entries in hashes while their lifetimes of a few
 * milliseconds end; whatever each call returned must be explained by one order of them.
 */
@NeedsFieldLifetimes
class RacingEndsIT {
  private static final long SHORT = 2;
  private static final int THREADS = 4;

  /** Behind it nothing with a lifetime may be there. */
  private static final long LONG_PAUSE = TimeUnit.MILLISECONDS.toNanos(60);

  private static final int LANES = 6;
  private static final int CALLS = 5;
  private static final Duration TIME = Duration.ofMillis(Long.getLong("racing.millis", 6000));

  @AutoClose private final Space space = Space.shared();

  /** One manager's cache, and what its policy says. */
  private record Side(RedisCache<String, String> cache, Lives lives) {
    boolean isTouched() {
      return lives.onAccess() != -2;
    }
  }

  private Side side(Factory<ExpiryPolicy> policy, Lives lives) {
    RedisCacheConfiguration<String, String> configuration =
        new RedisCacheConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiryPolicyFactory(policy)
            .setting("layout", System.getProperty("racing.layout", "hash"));
    return new Side(Space.cache(space.manager(), "c", configuration), lives);
  }

  private List<Side> sides() {
    var brief = new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, SHORT);
    return List.of(
        side(EternalExpiryPolicy.factoryOf(), new Lives(-1, -2, -2)),
        side(CreatedExpiryPolicy.factoryOf(brief), new Lives(SHORT, -2, -2)),
        side(ModifiedExpiryPolicy.factoryOf(brief), new Lives(SHORT, SHORT, -2)),
        side(TouchedExpiryPolicy.factoryOf(brief), new Lives(SHORT, SHORT, SHORT)));
  }

  @Test
  void calls_whileLifetimesEnd_haveAnOrderThatExplainsThem() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RacingEndsIT: seed " + seed);
    List<Side> sides = sides();
    ExecutorService threads = Executors.newFixedThreadPool(LANES * (THREADS + 1));
    try {
      List<Future<Integer>> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        String name = "k" + lane + ".";
        long own = seed + lane;
        lanes.add(threads.submit(() -> lane(sides, threads, own, name)));
      }
      int rounds = 0;
      for (Future<Integer> lane : lanes) {
        rounds += lane.get();
      }
      System.out.println("RacingEndsIT: " + rounds + " rounds");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Rounds on a key each, until the time is over; how many. */
  private static int lane(List<Side> sides, ExecutorService threads, long seed, String name)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + TIME.toNanos();
    int round = 0;
    while (System.nanoTime() < end) {
      LifetimeHistory found =
          new LifetimeHistory(round(sides, threads, seed + 31L * round, name + round));
      assertThat(found.isExplained()).as("%s%s:%s", name, round, found).isTrue();
      round++;
    }
    return round;
  }

  private static List<List<Done>> round(
      List<Side> sides, ExecutorService threads, long seed, String key)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<List<Done>>> running = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Random random = new Random(seed + t);
      String name = "v" + t;
      running.add(
          threads.submit(
              () -> {
                start.await();
                return calls(sides, random, key, name);
              }));
    }
    List<List<Done>> history = new ArrayList<>();
    for (Future<List<Done>> each : running) {
      history.add(each.get());
    }
    return history;
  }

  private static List<Done> calls(List<Side> sides, Random random, String key, String name) {
    List<Done> done = new ArrayList<>();
    String seen = "none";
    for (int i = 0; i < CALLS; i++) {
      if (random.nextInt(100) == 0) {
        LockSupport.parkNanos(LONG_PAUSE);
      } else if (random.nextBoolean()) {
        LockSupport.parkNanos(random.nextInt(2_500_000));
      }
      Side side = sides.get(random.nextInt(sides.size()));
      Call call = Call.values()[random.nextInt(Call.values().length)];
      if (side.isTouched() && (call == Call.REPLACE_EQUAL || call == Call.REMOVE_EQUAL)) {
        call = Call.GET; // a mismatch is a second step there
      }
      boolean isTimed = call == Call.PUT && random.nextInt(3) == 0;
      Lives lives = isTimed ? new Lives(1, 1, -2) : side.lives();
      String value = name + "." + i;
      long start = System.nanoTime();
      String result =
          isTimed
              ? timed(side.cache(), key, value)
              : run(side.cache(), call, key, value, seen, random);
      done.add(new Done(call, lives, value, seen, result, start, System.nanoTime()));
      if (result != null && result.startsWith("v")) {
        seen = result;
      } else if (call == Call.PUT) {
        seen = value;
      }
    }
    return done;
  }

  private static String timed(RedisCache<String, String> cache, String key, String value) {
    cache.put(key, value, Duration.ofMillis(1));
    return null;
  }

  private static String run(
      RedisCache<String, String> cache,
      Call call,
      String key,
      String value,
      String seen,
      Random random) {
    return switch (call) {
      case GET -> random.nextBoolean() ? cache.get(key) : cache.getAll(Set.of(key)).get(key);
      case CONTAINS -> "" + cache.containsKey(key);
      case PUT -> {
        if (random.nextBoolean()) {
          cache.put(key, value);
        } else {
          cache.putAll(Map.of(key, value));
        }
        yield null;
      }
      case GET_AND_PUT -> cache.getAndPut(key, value);
      case PUT_IF_ABSENT -> "" + cache.putIfAbsent(key, value);
      case REPLACE -> "" + cache.replace(key, value);
      case GET_AND_REPLACE -> cache.getAndReplace(key, value);
      case REPLACE_EQUAL -> "" + cache.replace(key, seen, value);
      case REMOVE -> "" + cache.remove(key);
      case GET_AND_REMOVE -> cache.getAndRemove(key);
      case REMOVE_EQUAL -> "" + cache.remove(key, seen);
      case APPEND ->
          cache.invoke(
              key,
              (entry, arguments) -> {
                String before = entry.getValue();
                entry.setValue(before == null ? value : before + "+" + value);
                return before;
              });
    };
  }
}
