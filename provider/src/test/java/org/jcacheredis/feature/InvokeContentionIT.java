// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessor;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code invoke} on a hot key: nothing is lost, and within one JVM nothing is done twice. */
@EveryLayout
class InvokeContentionIT {
  private static final int THREADS = 16;
  private static final int ROUNDS = 200;

  @AutoClose private final Space space = Space.shared();
  @AutoClose private final Crew crew = new Crew();
  private final RedisProbe probe = space.probe();
  private final AtomicInteger runs = new AtomicInteger();

  private final EntryProcessor<String, Long, Long> counting =
      (entry, arguments) -> {
        runs.incrementAndGet();
        long next = (entry.exists() ? entry.getValue() : 0) + 1;
        entry.setValue(next);
        return next;
      };

  @Test
  void invoke_byManyThreadsOfOneManager_runsEachProcessorOnce() {
    RedisCache<String, Long> cache = numbers();

    List<Integer> done = Crew.together(THREADS, i -> () -> invokeRepeatedly(cache, ROUNDS));

    assertThat(done).hasSize(THREADS);
    assertThat(cache.get("k")).isEqualTo(THREADS * ROUNDS);
    assertThat(runs).hasValue(THREADS * ROUNDS);
    CacheStatisticsMXBean counted = cache.unwrap(CacheStatisticsMXBean.class);
    assertThat(counted.getCachePuts()).isEqualTo(THREADS * ROUNDS);
    assertThat(counted.getCacheMisses()).isEqualTo(1);
  }

  @Test
  void invoke_byManyThreadsOfTwoManagers_losesNothingAndLeavesNoLease() {
    List<RedisCache<String, Long>> caches = List.of(numbers(), numbers());

    Crew.together(THREADS, i -> () -> invokeRepeatedly(caches.get(i % 2), ROUNDS / 2));

    assertThat(caches.get(0).get("k")).isEqualTo(THREADS * ROUNDS / 2);
    assertThat(space.keys(probe)).containsExactly(space.stored(probe, "n", "k").key());
  }

  /** Three refusals, then a lease: the fourth run has its turn, and gives it back. */
  @Test
  void invoke_refusedAgainAndAgain_takesALeaseAndReleasesIt() {
    RedisCache<String, Long> cache = numbers();
    RedisCache<String, Long> other = numbers();
    String lease = space.namespace() + ":n!invoke:k";
    AtomicInteger withLease = new AtomicInteger();

    Long result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              int run = runs.incrementAndGet();
              withLease.addAndGet(probe.exists(lease) ? 1 : 0);
              if (run <= 4) {
                other.put("k", 10L * run);
              }
              entry.setValue(entry.getValue() == null ? 1 : entry.getValue() + 1);
              return entry.getValue();
            });

    assertThat(result).isEqualTo(41);
    assertThat(cache.get("k")).isEqualTo(41);
    assertThat(runs).hasValue(5);
    assertThat(withLease).hasValue(2);
    assertThat(probe.exists(lease)).isFalse();
  }

  @Test
  void invoke_processorThatFailsWhileItHoldsALease_releasesIt() {
    RedisCache<String, Long> cache = numbers();
    RedisCache<String, Long> other = numbers();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      if (runs.incrementAndGet() == 5) {
                        throw new IllegalStateException("enough");
                      }
                      other.put("k", (long) runs.get());
                      entry.setValue(0L);
                      return null;
                    }))
        .withCauseInstanceOf(IllegalStateException.class);

    assertThat(space.keys(probe)).containsExactly(space.stored(probe, "n", "k").key());
  }

  @Test
  void invoke_refusedForever_givesUpWhenItsTimeIsUp() {
    RedisCache<String, Long> cache = numbers("operation-timeout=300ms");
    RedisCache<String, Long> other = numbers();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      other.put("k", (long) runs.incrementAndGet());
                      entry.setValue(0L);
                      return null;
                    }))
        .withMessageContaining("cache 'n': key 'k' is changed by others")
        .withMessageContaining("nothing was changed");

    assertThat(cache.get("k")).isEqualTo(runs.get());
    assertThat(probe.exists(space.namespace() + ":n!invoke:k")).isFalse();
  }

  /**
   * How Spring serves {@code @Cacheable(sync = true)}: the lambda captures what it may not store.
   */
  @Test
  void invoke_toComputeWhatIsAbsent_computesOnceInOneJvm() {
    RedisCache<String, String> cache = space.strings("s");
    CountDownLatch opening = new CountDownLatch(1);
    Thread notSerializable = Thread.currentThread();

    List<Future<String>> results =
        IntStream.range(0, THREADS)
            .mapToObj(
                i ->
                    crew.begin(
                        () ->
                            cache.invoke(
                                "k",
                                (entry, arguments) -> {
                                  if (!entry.exists()) {
                                    runs.incrementAndGet();
                                    awaited(opening);
                                    entry.setValue("by " + notSerializable.getName());
                                  }
                                  return entry.getValue();
                                })))
            .toList();
    crew.awaitParked(THREADS);
    opening.countDown();

    assertThat(results)
        .allSatisfy(
            result -> assertThat(Crew.result(result)).isEqualTo("by " + notSerializable.getName()));
    assertThat(runs).hasValue(1);
  }

  @Test
  void invoke_thatCallsBackIntoAnotherKey_doesBoth() {
    RedisCache<String, Long> cache = numbers();

    Long result =
        cache.invoke(
            "a",
            (entry, arguments) -> {
              entry.setValue(1L);
              return cache.invoke("b", counting) + entry.getValue();
            });

    assertThat(result).isEqualTo(2);
    assertThat(cache.get("a")).isEqualTo(1);
    assertThat(cache.get("b")).isEqualTo(1);
  }

  /** The inner change refuses the outer one, which runs again on what it finds then. */
  @Test
  void invoke_thatCallsBackIntoItsOwnKey_runsAgainOnWhatItMade() {
    RedisCache<String, Long> cache = numbers();

    Long result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              runs.incrementAndGet();
              cache.put("k", 40L);
              entry.setValue(entry.exists() ? entry.getValue() + 2 : 0);
              return entry.getValue();
            });

    assertThat(result).isEqualTo(42);
    assertThat(cache.get("k")).isEqualTo(42);
    assertThat(runs).hasValue(2);
  }

  @Test
  void invoke_twoProcessorsCrosswise_endWithinTheOperationTimeout() throws Exception {
    RedisCache<String, Long> cache = numbers("operation-timeout=300ms");
    CyclicBarrier bothHold = new CyclicBarrier(2);

    List<Future<Object>> calls =
        List.of(
            crew.begin(() -> crosswise(cache, "a", "b", bothHold)),
            crew.begin(() -> crosswise(cache, "b", "a", bothHold)));
    long failed =
        calls.stream()
            .filter(
                call -> {
                  try {
                    call.get(5, TimeUnit.SECONDS);
                    return false;
                  } catch (ExecutionException e) {
                    assertThat(e.getCause())
                        .isInstanceOf(CacheException.class)
                        .hasMessageContaining("another thread works on key");
                    return true;
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                })
            .count();

    assertThat(failed).isBetween(1L, 2L);
    assertThat(cache.invoke("a", counting)).isPositive();
  }

  private Object crosswise(
      RedisCache<String, Long> cache, String key, String other, CyclicBarrier bothHold) {
    return cache.invoke(
        key,
        (entry, arguments) -> {
          try {
            bothHold.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return cache.invoke(other, counting);
        });
  }

  private int invokeRepeatedly(RedisCache<String, Long> cache, int times) {
    for (int i = 0; i < times; i++) {
      cache.invoke("k", counting);
    }
    return times;
  }

  private RedisCache<String, Long> numbers(String... settings) {
    return Space.cache(
        space.manager(settings),
        "n",
        Space.types(String.class, Long.class).setStatisticsEnabled(true));
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
