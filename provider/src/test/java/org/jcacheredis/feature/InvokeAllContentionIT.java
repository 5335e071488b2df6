// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisException;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code invokeAll} beside others at the same keys: nothing is lost, and nobody waits for ever. */
@EveryLayout
class InvokeAllContentionIT {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20;
  private static final int KEYS = 40;

  @AutoClose private final Space space = Space.shared();
  @AutoClose private final Crew crew = new Crew();
  private final RedisProbe probe = space.probe();
  private final Map<String, Integer> runs = new ConcurrentHashMap<>();

  private final EntryProcessor<String, Long, Long> counting =
      (entry, arguments) -> {
        runs.merge(entry.getKey(), 1, Integer::sum);
        long next = (entry.exists() ? entry.getValue() : 0) + 1;
        entry.setValue(next);
        return next;
      };

  @Test
  void invokeAll_overtakenAtOneKey_runsThatOneAgain() {
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared())) {
      RedisCache<String, Long> cache =
          Space.cache(space.manager(proxy.uri()), "n", Space.types(String.class, Long.class));
      RedisCache<String, Long> other = numbers();
      Set<String> keys = keys("a", "b", "c");
      cache.invokeAll(keys, counting);
      cache.invoke("b", counting);
      cache.invokeAll(keys, counting);
      cache.put("b", 2L);
      runs.clear();
      proxy.resetCounts();

      Map<String, EntryProcessorResult<Long>> results =
          cache.invokeAll(
              keys,
              (entry, arguments) -> {
                if (entry.getKey().equals("b") && !runs.containsKey("b")) {
                  other.put("b", 40L);
                }
                return counting.process(entry);
              });

      assertThat(results.get("a").get()).isEqualTo(3);
      assertThat(results.get("b").get()).isEqualTo(41);
      assertThat(results.get("c").get()).isEqualTo(3);
      assertThat(runs).isEqualTo(Map.of("a", 1, "b", 2, "c", 1));
      assertThat(other.getAll(keys)).isEqualTo(Map.of("a", 3L, "b", 41L, "c", 3L));
      assertThat(proxy.roundTrips()).isEqualTo(4);
    }
  }

  @Test
  void invokeAll_entryVanishesOrAppearsMeanwhile_runsOnWhatIsThere() {
    RedisCache<String, Long> cache = numbers();
    RedisCache<String, Long> other = numbers();
    cache.put("vanishes", 5L);

    cache.invokeAll(
        keys("vanishes", "appears"),
        (entry, arguments) -> {
          if (!runs.containsKey(entry.getKey())) {
            if (entry.exists()) {
              other.remove(entry.getKey());
            } else {
              other.put(entry.getKey(), 10L);
            }
          }
          return counting.process(entry);
        });

    assertThat(other.getAll(keys("vanishes", "appears")))
        .isEqualTo(Map.of("vanishes", 1L, "appears", 11L));
  }

  @Test
  void invokeAll_overtakenAgainAndAgain_takesALeaseForThatKeyAlone() {
    RedisCache<String, Long> cache = numbers();
    RedisCache<String, Long> other = numbers();
    List<Long> leases = new ArrayList<>();

    Map<String, EntryProcessorResult<Long>> results =
        cache.invokeAll(
            keys("a", "k", "z"),
            (entry, arguments) -> {
              Long result = counting.process(entry);
              if (entry.getKey().equals("k")) {
                leases.add(probe.keys(space.namespace() + ":n!invoke:*").stream().count());
                if (runs.get("k") <= 4) {
                  other.put("k", 10L * runs.get("k"));
                }
              }
              return result;
            });

    assertThat(results.get("k").get()).isEqualTo(41);
    assertThat(leases).containsExactly(0L, 0L, 0L, 1L, 1L);
    assertThat(runs).isEqualTo(Map.of("a", 1, "k", 5, "z", 1));
    assertThat(probe.keys(space.namespace() + ":n!invoke:*")).isEmpty();
  }

  @Test
  void invokeAll_byManyThreadsOfOneManager_runsEachProcessorOnce() {
    RedisCache<String, Long> cache = numbers("cache-defaults.bulk-size=7");

    Crew.together(THREADS, i -> () -> invokeRepeatedly(cache, i));

    assertThat(runs.values().stream().mapToInt(n -> n).sum()).isEqualTo(expectedTotal());
    assertThat(total(cache)).isEqualTo(expectedTotal());
  }

  @Test
  void invokeAll_byManyThreadsOfTwoManagers_losesNothing() {
    List<RedisCache<String, Long>> caches = List.of(numbers(), numbers());

    Crew.together(THREADS, i -> () -> invokeRepeatedly(caches.get(i % 2), i));

    assertThat(total(caches.get(0))).isEqualTo(expectedTotal());
    assertThat(probe.keys(space.namespace() + ":n!invoke:*")).isEmpty();
  }

  @Test
  void invokeAll_besideInvokeAndLua_losesNothing() {
    RedisCache<String, Long> cache = numbers();
    List<String> keys = List.copyOf(allKeys());

    Crew.together(
        THREADS,
        i ->
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                switch (i % 3) {
                  case 0 -> cache.invokeAll(shuffled(keys, i, round), counting);
                  case 1 -> cache.invokeAll(shuffled(keys, i, round), LuaProcessors.increment(1));
                  default -> keys.forEach(key -> cache.invoke(key, counting));
                }
              }
              return 0;
            });

    assertThat(total(cache)).isEqualTo((long) THREADS * ROUNDS * KEYS);
  }

  @Test
  void invokeAll_oneKeyHeldElsewhere_failsForThatKeyAlone() {
    RedisCache<String, Long> cache = numbers("operation-timeout=500ms");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<Object> holding =
        crew.begin(
            () ->
                cache.invoke(
                    "b",
                    (entry, arguments) -> {
                      running.countDown();
                      return passed(release);
                    }));
    passed(running);

    Map<String, EntryProcessorResult<Long>> results =
        cache.invokeAll(keys("a", "b", "c"), counting);
    release.countDown();

    assertThat(Crew.result(holding)).isEqualTo(true);
    assertThat(results.get("a").get()).isEqualTo(1);
    assertThat(results.get("c").get()).isEqualTo(1);
    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> results.get("b").get())
        .withMessageContaining("another thread works on key 'b' for more than 500 ms");
    assertThat(cache.containsKey("b")).isFalse();
  }

  @Test
  void invokeAll_answerToTheChangesIsLost_saysSoForEachChangedKey() {
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared())) {
      RedisCache<String, Long> cache =
          Space.cache(
              space.manager(proxy.uri(), "command-timeout=300ms"),
              "n",
              Space.types(String.class, Long.class));
      Set<String> keys = keys("a", "b", "read");
      cache.invokeAll(keys, counting);

      Map<String, EntryProcessorResult<Long>> results =
          cache.invokeAll(
              keys,
              (entry, arguments) -> {
                proxy.dropReplies();
                return entry.getKey().equals("read") ? entry.getValue() : counting.process(entry);
              });
      proxy.heal();

      assertThat(results.get("read").get()).isEqualTo(1);
      for (String key : List.of("a", "b")) {
        assertThatExceptionOfType(EntryProcessorException.class)
            .isThrownBy(() -> results.get(key).get())
            .withCauseInstanceOf(RedisException.class)
            .withMessageContaining("may or may not be");
      }
    }
  }

  /** Together they take longer than anyone would wait for a key. */
  @Test
  void invokeAll_slowProcessors_letOthersToTheirKeys() {
    RedisCache<String, Long> cache = numbers("operation-timeout=1s");
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
    CountDownLatch running = new CountDownLatch(1);
    Future<Map<String, EntryProcessorResult<Long>>> slow =
        crew.begin(
            () ->
                cache.invokeAll(
                    new LinkedHashSet<>(keys),
                    (entry, arguments) -> {
                      running.countDown();
                      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                      return counting.process(entry);
                    }));
    passed(running);

    cache.invoke("k0", counting);
    cache.invoke("k19", counting);

    assertThat(slow).isNotDone();
    assertThat(Crew.result(slow)).hasSize(20);
    assertThat(total(cache)).isEqualTo(22);
  }

  private int invokeRepeatedly(RedisCache<String, Long> cache, int thread) {
    List<String> keys = List.copyOf(allKeys());
    for (int round = 0; round < ROUNDS; round++) {
      Set<String> some = shuffled(keys, thread, round);
      assertThat(cache.invokeAll(some, counting)).hasSize(KEYS);
    }
    return ROUNDS;
  }

  private static Set<String> shuffled(List<String> keys, int thread, int round) {
    List<String> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(1_000L * thread + round));
    return new LinkedHashSet<>(shuffled);
  }

  private static int expectedTotal() {
    return THREADS * ROUNDS * KEYS;
  }

  private static long total(RedisCache<String, Long> cache) {
    return cache.getAll(allKeys()).values().stream().mapToLong(n -> n).sum();
  }

  private static Set<String> allKeys() {
    Set<String> keys = new LinkedHashSet<>();
    IntStream.range(0, KEYS).forEach(i -> keys.add("k" + i));
    return keys;
  }

  private static Set<String> keys(String... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }

  private RedisCache<String, Long> numbers(String... settings) {
    return Space.cache(space.manager(settings), "n", Space.types(String.class, Long.class));
  }

  private static boolean passed(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
