// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.Test;

/** When values come from the loader, and what a failing loader leaves. */
abstract class LoaderContract extends CacheContract {

  private static final Function<String, String> UPPER =
      key -> key.startsWith("absent") ? null : key.toUpperCase(java.util.Locale.ROOT);

  private final RecordingLoader<String, String> loader = RecordingLoader.of(UPPER);
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();

  LoaderContract(Backend backend) {
    super(backend);
  }

  private Cache<String, String> readThrough() {
    return create(
        countedStrings()
            .setReadThrough(true)
            .setWriteThrough(true)
            .setCacheLoaderFactory(loader.factory())
            .setCacheWriterFactory(writer.factory())
            .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
  }

  private Cache<String, String> loadAllOnly() {
    return create(countedStrings().setCacheLoaderFactory(loader.factory()));
  }

  @Test
  void get_absentKey_loadsAndStoresWithoutWriting() {
    Cache<String, String> cache = readThrough();
    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(loader.loads()).containsExactly("k");
    assertThat(writer.calls()).isEmpty();
    assertThat(listener.types()).containsExactly(EventType.CREATED);
    assertThat(listener.events().get(0).value()).isEqualTo("K");
    assertThat(Counters.of(cache)).isEqualTo(new Counters(1, 1, 0, 0));
  }

  @Test
  void get_loaderKnowsNothing_returnsNullAndStoresNothing() {
    Cache<String, String> cache = readThrough();
    assertThat(cache.get("absent")).isNull();
    assertThat(cache.containsKey("absent")).isFalse();
    assertThat(listener.events()).isEmpty();
    assertThat(Counters.of(cache)).isEqualTo(new Counters(0, 1, 0, 0));
  }

  @Test
  void get_withoutReadThrough_neverLoads() {
    Cache<String, String> cache = loadAllOnly();
    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(keys("k"))).isEmpty();
    assertThat(loader.loads()).isEmpty();
    assertThat(loader.bulkLoads()).isEmpty();
  }

  @Test
  void getAll_someAbsent_loadsThose() {
    Cache<String, String> cache = readThrough();
    cache.put("a", "here");
    listener.clear();
    Counters before = Counters.of(cache);
    assertThat(cache.getAll(keys("a", "b", "c", "absent")))
        .isEqualTo(entries("a", "here", "b", "B", "c", "C"));
    List<String> asked = new ArrayList<>(loader.loads());
    loader.bulkLoads().forEach(asked::addAll);
    assertThat(asked).containsExactlyInAnyOrder("b", "c", "absent");
    assertThat(cache.containsKey("absent")).isFalse();
    assertThat(listener.types()).containsExactly(EventType.CREATED, EventType.CREATED);
    assertThat(Counters.of(cache).since(before)).isEqualTo(new Counters(1, 3, 0, 0));
  }

  @Test
  void otherMethods_absentKey_neverLoad() {
    Cache<String, String> cache = readThrough();
    cache.containsKey("k");
    cache.replace("k", "w");
    cache.replace("k", "v", "w");
    cache.getAndReplace("k", "w");
    cache.remove("k");
    cache.remove("k", "v");
    cache.getAndRemove("k");
    cache.forEach(entry -> {});
    cache.put("p", "v");
    cache.getAndPut("q", "v");
    cache.putIfAbsent("r", "v");
    cache.putAll(entries("s", "v"));
    cache.removeAll(keys("k"));
    cache.removeAll();
    assertThat(loader.loads()).isEmpty();
    assertThat(loader.bulkLoads()).isEmpty();
  }

  @Test
  void get_loaderFails_throwsLoaderExceptionWithTheCause() {
    Cache<String, String> cache = readThrough();
    RuntimeException failure = new IllegalStateException("database is down");
    loader.failWith(failure);
    assertThatThrownBy(() -> cache.get("k"))
        .isInstanceOf(CacheLoaderException.class)
        .hasCause(failure);
    assertThatThrownBy(() -> cache.getAll(keys("k", "l")))
        .isInstanceOf(CacheLoaderException.class)
        .hasCause(failure);
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void get_loaderThrowsLoaderException_passesItOnAsItIs() {
    Cache<String, String> cache = readThrough();
    CacheLoaderException failure = new CacheLoaderException("as it is");
    loader.failWith(failure);
    assertThatThrownBy(() -> cache.get("k")).isSameAs(failure);
  }

  @Test
  void get_loaderThrowsAnError_passesItOnAsItIs() {
    Error failure = new AssertionError("no exception");
    RecordingLoader<String, String> failing =
        RecordingLoader.of(
            key -> {
              throw failure;
            });
    Cache<String, String> cache =
        create(strings().setReadThrough(true).setCacheLoaderFactory(failing.factory()));
    assertThatThrownBy(() -> cache.get("k")).isSameAs(failure);
    assertThatThrownBy(() -> cache.getAll(keys("k", "l"))).isSameAs(failure);
  }

  @Test
  void getAll_loaderGivesOddMaps_takesWhatWasAskedFor() {
    CacheLoader<String, String> odd =
        new CacheLoader<>() {
          @Override
          public String load(String key) {
            return loadAll(Set.of(key)).get(key);
          }

          @Override
          public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> map = new HashMap<>();
            map.put("a", "A");
            map.put("b", null);
            map.put("extra", "never asked for");
            return map;
          }
        };
    Cache<String, String> cache =
        create(strings().setReadThrough(true).setCacheLoaderFactory(() -> odd));
    assertThat(cache.getAll(keys("a", "b", "c"))).isEqualTo(entries("a", "A"));
    assertThat(cache.containsKey("b")).isFalse();
    assertThat(cache.containsKey("extra")).isFalse();
  }

  @Test
  void loadAll_withoutReplace_loadsTheAbsentOnly() throws Exception {
    Cache<String, String> cache = loadAllOnly();
    cache.put("a", "here");
    Counters before = Counters.of(cache);
    loadAll(cache, keys("a", "b", "absent"), false);
    List<String> asked = new ArrayList<>(loader.loads());
    loader.bulkLoads().forEach(asked::addAll);
    assertThat(asked).containsExactlyInAnyOrder("b", "absent");
    assertThat(Counters.of(cache).since(before)).isEqualTo(Counters.NONE);
    assertThat(cache.getAll(keys("a", "b", "absent"))).isEqualTo(entries("a", "here", "b", "B"));
  }

  @Test
  void loadAll_withReplace_replacesAndTellsListenersOnly() throws Exception {
    Cache<String, String> cache = readThrough();
    cache.put("a", "here");
    listener.clear();
    writer.clearCalls();
    Counters before = Counters.of(cache);
    loadAll(cache, keys("a", "b"), true);
    assertThat(Counters.of(cache).since(before)).isEqualTo(Counters.NONE);
    assertThat(writer.calls()).isEmpty();
    assertThat(listener.types()).containsExactlyInAnyOrder(EventType.UPDATED, EventType.CREATED);
    assertThat(listener.events(EventType.UPDATED).get(0).oldValue()).isEqualTo("here");
    assertThat(cache.get("a")).isEqualTo("A");
  }

  @Test
  void loadAll_withoutLoader_completes() throws Exception {
    Cache<String, String> cache = create(strings());
    loadAll(cache, keys("a"), true);
    assertThat(cache.containsKey("a")).isFalse();
  }

  @Test
  void loadAll_loaderFails_reportsALoaderException() {
    Cache<String, String> cache = loadAllOnly();
    RuntimeException failure = new IllegalStateException("database is down");
    loader.failWith(failure);
    assertThatThrownBy(() -> loadAll(cache, keys("a"), true))
        .hasCauseInstanceOf(CacheLoaderException.class)
        .hasRootCause(failure);
  }

  @Test
  void loadAll_callerClearsItsSet_loadsAllTheSame() throws Exception {
    Cache<String, String> cache = loadAllOnly();
    CountDownLatch gate = new CountDownLatch(1);
    loader.waitFor(gate);
    Set<String> keys = keys("a", "b");
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, true, done);
    keys.clear();
    gate.countDown();
    done.get(20, TimeUnit.SECONDS);
    assertThat(cache.getAll(keys("a", "b"))).hasSize(2);
  }

  @Test
  void loadAll_nullListener_loads() {
    Cache<String, String> cache = loadAllOnly();
    cache.loadAll(keys("a"), true, null);
    org.awaitility.Awaitility.await().until(() -> cache.containsKey("a"));
  }

  @Test
  void get_eightThreadsMissOneKey_loadsOnce() throws Exception {
    Cache<String, String> cache = readThrough();
    CountDownLatch gate = new CountDownLatch(1);
    loader.waitFor(gate);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> cache.get("k")));
      }
      loader.awaitLoads(1, Duration.ofSeconds(20));
      gate.countDown();
      for (Future<String> answer : answers) {
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("K");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(loader.loads()).containsExactly("k");
  }

  @Test
  void get_threadsThatShareALoad_getCopiesOfTheirOwn() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    RecordingLoader<String, Date> dates = RecordingLoader.of(key -> new Date(1));
    dates.waitFor(gate);
    Cache<String, Date> cache =
        create(
            new MutableConfiguration<String, Date>()
                .setReadThrough(true)
                .setCacheLoaderFactory(dates.factory()));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Date> one = threads.submit(() -> cache.get("k"));
      Future<Date> other = threads.submit(() -> cache.get("k"));
      dates.awaitLoads(1, Duration.ofSeconds(20));
      gate.countDown();
      one.get(20, TimeUnit.SECONDS).setTime(2);
      assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(new Date(1));
    } finally {
      threads.shutdownNow();
    }
    assertThat(cache.get("k")).isEqualTo(new Date(1));
  }

  private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get(20, TimeUnit.SECONDS);
  }
}
