// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.integration.CacheLoaderException;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reading through within one JVM: one load a key at a time, and what its failures do. */
@EveryLayout
class LoadingIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int CROWD = 16;

  @AutoClose private final Space space = Space.shared();
  @AutoClose private final Crew crew = new Crew();

  @Test
  @SuppressWarnings("rawtypes") // the class that the configuration declares
  void get_byManyThreads_loadsOnceAndGivesEachACopy() {
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, List> loader =
        RecordingLoader.of(key -> new ArrayList<>(List.of("loaded", key)));
    loader.waitFor(opening);
    RedisCache<String, List> cache =
        Space.cache(
            space.manager(),
            "c",
            Space.types(String.class, List.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory()));

    List<Future<List>> gets = crowd(() -> cache.get("k"));
    crew.awaitParked(CROWD);
    opening.countDown();
    List<List> values = gets.stream().map(Crew::result).toList();

    assertThat(values).allSatisfy(value -> assertThat(value).isEqualTo(List.of("loaded", "k")));
    Set<Object> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(values);
    assertThat(distinct).hasSize(CROWD);
    assertThat(loader.loads()).containsExactly("k");
    values.get(0).add("mine alone");
    assertThat(cache.get("k")).isEqualTo(List.of("loaded", "k"));
  }

  @Test
  void get_loaderThrowsAnError_givesItToAllWhoWait() {
    AssertionError error = new AssertionError("the source is broken");
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, String> loader =
        RecordingLoader.of(
            key -> {
              throw error;
            });
    loader.waitFor(opening);
    RedisCache<String, String> cache = reading(loader);

    List<Future<String>> gets = crowd(() -> cache.get("k"));
    crew.awaitParked(CROWD);
    opening.countDown();

    assertThat(gets)
        .allSatisfy(
            get ->
                assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> Crew.result(get))
                    .isSameAs(error));
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void get_loaderThrowsAnException_wrapsItAndRemembersNothing() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    loader.failWith(new IllegalStateException("not now"));
    RedisCache<String, String> cache = reading(loader);

    assertThatExceptionOfType(CacheLoaderException.class)
        .isThrownBy(() -> cache.get("k"))
        .withCauseInstanceOf(IllegalStateException.class);
    loader.failWith(null);

    assertThat(cache.get("k")).isEqualTo("loaded");
  }

  @Test
  void get_whoseLoadNeedsAnotherKeyCrosswise_endsWithoutDeadlock() throws Exception {
    CyclicBarrier bothLoad = new CyclicBarrier(2);
    ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    RedisCache<String, String>[] cache = newArray();
    cache[0] =
        reading(
            RecordingLoader.of(
                key -> {
                  depth.set(depth.get() + 1);
                  if (depth.get() == 1) {
                    met(bothLoad);
                  }
                  String other = key.equals("a") ? "b" : "a";
                  // the third load ends the circle
                  return depth.get() == 3 ? key : key + "<" + cache[0].get(other) + ">";
                }));

    Future<String> a = crew.begin(() -> cache[0].get("a"));
    Future<String> b = crew.begin(() -> cache[0].get("b"));

    assertThat(Crew.result(a)).isIn("a<b<a>>", "a<b>", "a<b<a<b>>>");
    assertThat(Crew.result(b)).startsWith("b<a");
  }

  @Test
  void get_whileALoadHangs_loadsByItselfAfterTheOperationTimeout() {
    CountDownLatch opening = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RecordingLoader<String, String> loader =
        RecordingLoader.of(
            key -> {
              boolean first = loads.incrementAndGet() == 1;
              if (first) {
                passed(opening);
              }
              return first ? "first" : "second";
            });
    RedisCache<String, String> cache = reading(loader, "operation-timeout=300ms");

    Future<String> hanging = crew.begin(() -> cache.get("k"));
    loader.awaitLoads(1, SOON);
    String second = Crew.result(crew.begin(() -> cache.get("k")));

    assertThat(second).isEqualTo("second");
    assertThat(hanging).isNotDone();
    opening.countDown();
    assertThat(Crew.result(hanging)).isEqualTo("first");
    assertThat(cache.get("k")).isEqualTo("second");
  }

  @Test
  void get_whenAPutCameMeanwhile_leavesItInPlace() {
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    loader.waitFor(opening);
    RedisCache<String, String> cache = reading(loader);

    Future<String> get = crew.begin(() -> cache.get("k"));
    Future<Map<String, String>> getAll = crew.begin(() -> cache.getAll(Set.of("k2")));
    loader.awaitLoads(1, SOON);
    loader.awaitBulkLoads(1, SOON);
    cache.putAll(Map.of("k", "put", "k2", "put"));
    opening.countDown();

    assertThat(Crew.result(get)).isEqualTo("loaded");
    assertThat(Crew.result(getAll)).containsEntry("k2", "loaded");
    assertThat(cache.get("k")).isEqualTo("put");
    assertThat(cache.get("k2")).isEqualTo("put");
  }

  @Test
  void get_interruptedWhileItWaits_loadsByItselfAndStaysInterrupted() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RedisCache<String, String> cache =
        reading(
            RecordingLoader.of(
                key -> {
                  if (loads.incrementAndGet() == 1) {
                    passed(opening);
                  }
                  return "loaded";
                }));
    Future<String> first = crew.begin(() -> cache.get("k"));
    Awaitility.await().until(() -> loads.get() == 1);

    Future<Boolean> second =
        crew.begin(
            () -> {
              Thread.currentThread().interrupt();
              return "loaded".equals(cache.get("k")) && Thread.interrupted();
            });

    assertThat(Crew.result(second)).isTrue();
    opening.countDown();
    assertThat(Crew.result(first)).isEqualTo("loaded");
  }

  /** The load needs the key's lock to end, and the listener holds it. */
  @Test
  void get_inAListenerOfAKeyThatIsBeingLoaded_doesNotWaitForThatLoad() {
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    loader.waitFor(opening);
    RedisCache<String, String>[] cache = newArray();
    List<String> seen = new ArrayList<>();
    RemovedListener heard =
        () -> {
          opening.countDown();
          // the load is over soon, and then waits for the key
          seen.add(cache[0].get("k"));
        };
    cache[0] = reading(loader);
    cache[0].registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(() -> heard, null, false, true));
    Future<String> load = crew.begin(() -> cache[0].get("k"));
    loader.awaitLoads(1, SOON);

    cache[0].put("k", "put");
    long start = System.nanoTime();
    cache[0].remove("k");

    assertThat(Crew.result(load)).isEqualTo("loaded");
    assertThat(seen).containsExactly("loaded");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  /** Hears of removals alone. */
  private interface RemovedListener extends CacheEntryRemovedListener<String, String> {
    void removed();

    @Override
    default void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      removed();
    }
  }

  @Test
  void getAll_whileAnotherLoadsOneOfItsKeys_loadsTheOthersAlone() {
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded " + key);
    loader.waitFor(opening);
    RedisCache<String, String> cache = reading(loader);

    Future<String> get = crew.begin(() -> cache.get("a"));
    loader.awaitLoads(1, SOON);
    Future<Map<String, String>> getAll = crew.begin(() -> cache.getAll(Set.of("a", "b")));
    loader.awaitBulkLoads(1, SOON);
    opening.countDown();

    assertThat(Crew.result(getAll)).isEqualTo(Map.of("a", "loaded a", "b", "loaded b"));
    assertThat(Crew.result(get)).isEqualTo("loaded a");
    assertThat(loader.loads()).containsExactly("a");
    assertThat(loader.bulkLoads()).containsExactly(List.of("b"));
  }

  @Test
  void get_whileGetAllLoadsItsKey_waitsForThat() {
    CountDownLatch opening = new CountDownLatch(1);
    RecordingLoader<String, String> loader =
        RecordingLoader.of(key -> key.equals("none") ? null : "loaded");
    loader.waitFor(opening);
    RedisCache<String, String> cache = reading(loader);

    Future<Map<String, String>> getAll = crew.begin(() -> cache.getAll(Set.of("a", "none")));
    loader.awaitBulkLoads(1, SOON);
    Future<String> get = crew.begin(() -> cache.get("a"));
    Future<String> none = crew.begin(() -> cache.get("none"));
    crew.awaitParked(3);
    opening.countDown();

    assertThat(Crew.result(getAll)).isEqualTo(Map.of("a", "loaded"));
    assertThat(Crew.result(get)).isEqualTo("loaded");
    assertThat(Crew.result(none)).isNull();
    assertThat(loader.loads()).isEmpty();
  }

  @Test
  void getAll_ofTheSameKeysInManyThreads_loadsEachOnce() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    RedisCache<String, String> cache = reading(loader);

    List<Map<String, String>> all =
        Crew.together(CROWD, i -> () -> cache.getAll(Set.of("a", "b", "k" + i)));

    assertThat(all).allSatisfy(values -> assertThat(values).hasSize(3));
    assertThat(loader.bulkLoads().stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void getAll_whileTheLoadsOfOthersHang_loadsTheirKeysTogetherAfterOneOperationTimeout() {
    CountDownLatch opening = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RecordingLoader<String, String> loader =
        RecordingLoader.of(
            key -> {
              if (loads.incrementAndGet() <= 2) {
                passed(opening);
              }
              return "loaded";
            });
    RedisCache<String, String> cache = reading(loader, "operation-timeout=300ms");
    Future<String> a = crew.begin(() -> cache.get("a"));
    Future<String> b = crew.begin(() -> cache.get("b"));
    Awaitility.await().until(() -> loads.get() == 2);

    assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);

    assertThat(loader.bulkLoads()).singleElement().satisfies(keys -> assertThat(keys).hasSize(2));
    opening.countDown();
    assertThat(List.of(Crew.result(a), Crew.result(b))).containsOnly("loaded");
  }

  private <T> List<Future<T>> crowd(Callable<T> work) {
    List<Future<T>> all = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      all.add(crew.begin(work));
    }
    return all;
  }

  private RedisCache<String, String> reading(
      RecordingLoader<String, String> loader, String... settings) {
    return Space.cache(
        space.manager(settings),
        "c",
        Space.types(String.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(loader.factory()));
  }

  @SuppressWarnings("unchecked") // a place for a cache that its own loader needs
  private static RedisCache<String, String>[] newArray() {
    return new RedisCache[1];
  }

  private static void met(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void passed(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
