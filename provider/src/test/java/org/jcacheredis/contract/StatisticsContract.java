// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.management.CacheStatisticsMXBean;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each method counts, and what the averages and percentages are made of. */
abstract class StatisticsContract extends CacheContract {

  private Cache<String, String> cache;

  /** A method on a cache that holds k and l, and what it counts. */
  record Counts(String name, Consumer<Cache<String, String>> body, Counters counted) {
    @Override
    public String toString() {
      return name;
    }
  }

  StatisticsContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache = create(countedStrings());
  }

  static Stream<Counts> counts() {
    return Stream.concat(countsOfReadsAndRemovals(), countsOfStores());
  }

  private static Stream<Counts> countsOfReadsAndRemovals() {
    return Stream.of(
        new Counts("containsKey", c -> c.containsKey("k"), Counters.NONE),
        new Counts("containsKey absent", c -> c.containsKey("z"), Counters.NONE),
        new Counts("get", c -> c.get("k"), counters(1, 0, 0, 0)),
        new Counts("get absent", c -> c.get("z"), counters(0, 1, 0, 0)),
        new Counts("getAll", c -> c.getAll(keys("k", "l", "z")), counters(2, 1, 0, 0)),
        new Counts("remove", c -> c.remove("k"), counters(0, 0, 0, 1)),
        new Counts("remove absent", c -> c.remove("z"), Counters.NONE),
        new Counts("remove equal", c -> c.remove("k", "v"), counters(1, 0, 0, 1)),
        new Counts("remove different", c -> c.remove("k", "x"), counters(1, 0, 0, 0)),
        new Counts("remove equal absent", c -> c.remove("z", "x"), counters(0, 1, 0, 0)),
        new Counts("getAndRemove", c -> c.getAndRemove("k"), counters(1, 0, 0, 1)),
        new Counts("getAndRemove absent", c -> c.getAndRemove("z"), counters(0, 1, 0, 0)),
        new Counts("removeAll(keys)", c -> c.removeAll(keys("k", "z")), counters(0, 0, 0, 1)),
        new Counts("removeAll", Cache::removeAll, counters(0, 0, 0, 2)),
        new Counts("clear", Cache::clear, Counters.NONE),
        new Counts("iterate", c -> c.forEach(entry -> {}), counters(2, 0, 0, 0)));
  }

  private static Stream<Counts> countsOfStores() {
    return Stream.of(
        new Counts("put", c -> c.put("k", "w"), counters(0, 0, 1, 0)),
        new Counts("put new", c -> c.put("z", "w"), counters(0, 0, 1, 0)),
        new Counts("putAll", c -> c.putAll(entries("k", "1", "z", "2")), counters(0, 0, 2, 0)),
        new Counts("getAndPut", c -> c.getAndPut("k", "w"), counters(1, 0, 1, 0)),
        new Counts("getAndPut new", c -> c.getAndPut("z", "w"), counters(0, 1, 1, 0)),
        new Counts("putIfAbsent", c -> c.putIfAbsent("k", "w"), counters(1, 0, 0, 0)),
        new Counts("putIfAbsent new", c -> c.putIfAbsent("z", "w"), counters(0, 1, 1, 0)),
        new Counts("replace", c -> c.replace("k", "w"), counters(1, 0, 1, 0)),
        new Counts("replace absent", c -> c.replace("z", "w"), counters(0, 1, 0, 0)),
        new Counts("replace equal", c -> c.replace("k", "v", "w"), counters(1, 0, 1, 0)),
        new Counts("replace different", c -> c.replace("k", "x", "w"), counters(1, 0, 0, 0)),
        new Counts("replace equal absent", c -> c.replace("z", "x", "w"), counters(0, 1, 0, 0)),
        new Counts("getAndReplace", c -> c.getAndReplace("k", "w"), counters(1, 0, 1, 0)),
        new Counts("getAndReplace absent", c -> c.getAndReplace("z", "w"), counters(0, 1, 0, 0)),
        new Counts("invoke", c -> c.invoke("k", (e, a) -> null), counters(1, 0, 0, 0)),
        new Counts("invoke absent", c -> c.invoke("z", (e, a) -> null), counters(0, 1, 0, 0)),
        new Counts(
            "invokeAll", c -> c.invokeAll(keys("k", "z"), (e, a) -> null), counters(1, 1, 0, 0)));
  }

  private static Counters counters(long hits, long misses, long puts, long removals) {
    return new Counters(hits, misses, puts, removals);
  }

  @ParameterizedTest
  @MethodSource("counts")
  void method_onceCalled_counts(Counts counts) {
    cache.putAll(entries("k", "v", "l", "v"));
    Counters before = Counters.of(cache);
    counts.body().accept(cache);
    assertThat(Counters.of(cache).since(before)).isEqualTo(counts.counted());
    assertThat(Counters.bean(cache).getCacheEvictions()).isZero();
  }

  @Test
  void percentages_withoutAndWithGets_areOfAllGets() {
    CacheStatisticsMXBean bean = Counters.bean(cache);
    assertThat(bean.getCacheHitPercentage()).isZero();
    assertThat(bean.getCacheMissPercentage()).isZero();
    cache.put("k", "v");
    cache.get("k");
    cache.get("k");
    cache.get("k");
    cache.get("z");
    assertThat(bean.getCacheGets()).isEqualTo(4);
    assertThat(bean.getCacheHitPercentage()).isEqualTo(75f);
    assertThat(bean.getCacheMissPercentage()).isEqualTo(25f);
  }

  @Test
  void averages_withoutOperations_areZero() {
    CacheStatisticsMXBean bean = Counters.bean(cache);
    assertThat(bean.getAverageGetTime()).isZero();
    assertThat(bean.getAveragePutTime()).isZero();
    assertThat(bean.getAverageRemoveTime()).isZero();
  }

  @Test
  void averages_ofPutsAndRemovalsAlone_needNoGets() {
    cache.put("k", "v");
    cache.remove("k");
    CacheStatisticsMXBean bean = Counters.bean(cache);
    assertThat(bean.getAveragePutTime()).isPositive();
    assertThat(bean.getAverageRemoveTime()).isPositive();
    assertThat(bean.getAverageGetTime()).isZero();
  }

  @Test
  void averageGetTime_slowLoader_isLeftOut() {
    RecordingLoader<String, String> slow =
        RecordingLoader.of(
            key -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400)); // a slow database
              return "v";
            });
    Cache<String, String> loading =
        create(countedStrings().setReadThrough(true).setCacheLoaderFactory(slow.factory()));
    loading.get("k");
    assertThat(Counters.bean(loading).getAverageGetTime())
        .isPositive()
        .isLessThan(TimeUnit.MILLISECONDS.toMicros(350));
  }

  @Test
  void clear_onTheBean_zeroesEverything() {
    cache.put("k", "v");
    cache.get("k");
    cache.get("z");
    cache.remove("k");
    CacheStatisticsMXBean bean = Counters.bean(cache);
    bean.clear();
    assertThat(Counters.of(cache)).isEqualTo(Counters.NONE);
    assertThat(bean.getCacheGets()).isZero();
    assertThat(bean.getAverageGetTime()).isZero();
    assertThat(bean.getAveragePutTime()).isZero();
    assertThat(bean.getAverageRemoveTime()).isZero();
    assertThat(bean.getCacheHitPercentage()).isZero();
  }

  @Test
  void expiredEntry_readOrRemovedInBulk_isAMissAndNoRemoval() {
    Cache<String, String> shortLived =
        create(
            countedStrings()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(ExpiryContract.SHORT)));
    shortLived.put("k", "v");
    Awaitility.await().until(() -> !shortLived.containsKey("k"));
    Counters before = Counters.of(shortLived);
    shortLived.removeAll();
    shortLived.get("k");
    assertThat(Counters.of(shortLived).since(before)).isEqualTo(counters(0, 1, 0, 0));
  }

  @Test
  void operations_whileDisabled_areNotCounted() {
    manager().enableStatistics(cache.getName(), false);
    cache.put("k", "v");
    manager().enableStatistics(cache.getName(), true);
    Counters before = Counters.of(cache);
    cache.put("k", "w");
    assertThat(Counters.of(cache).since(before)).isEqualTo(counters(0, 0, 1, 0));
  }
}
