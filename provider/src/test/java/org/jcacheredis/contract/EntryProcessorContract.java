// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a processor sees, what its failures do, and that it is alone with its entry. */
abstract class EntryProcessorContract extends CacheContract {

  private final RecordingLoader<String, String> loader =
      RecordingLoader.of(key -> key.startsWith("absent") ? null : "loaded");
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
  private Cache<String, String> cache;

  EntryProcessorContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache =
        create(
            countedStrings()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setCacheWriterFactory(writer.factory())
                .setExpiryPolicyFactory(policy.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
  }

  private void putOne() {
    cache.put("k", "v");
    writer.clearCalls();
    listener.clear();
    policy.clear();
  }

  @Test
  void process_argumentsAndResult_passThrough() {
    EntryProcessor<String, String, List<Object>> echo = (entry, arguments) -> List.of(arguments);
    assertThat(cache.invoke("k", echo, "a", 1)).containsExactly("a", 1);
    assertThat(cache.<Object>invoke("k", (entry, arguments) -> null)).isNull();
  }

  @Test
  void exists_insideTheProcessor_followsWhatWasDone() {
    List<Boolean> seen = new ArrayList<>();
    cache.invoke(
        "k",
        (entry, arguments) -> {
          seen.add(entry.exists());
          entry.setValue("w");
          seen.add(entry.exists());
          seen.add(entry.getValue().equals("w"));
          entry.remove();
          seen.add(entry.exists());
          return null;
        });
    assertThat(seen).containsExactly(false, true, true, false);
    assertThat(loader.loads()).isEmpty();
  }

  @Test
  void exists_absentKey_neitherLoadsNorAsksThePolicy() {
    assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isFalse();
    putOne();
    assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isTrue();
    assertThat(loader.loads()).isEmpty();
    for (RecordingExpiryPolicy.Call call : RecordingExpiryPolicy.Call.values()) {
      assertThat(policy.count(call)).as(call.name()).isZero();
    }
  }

  @Test
  void getValue_absentForTheLoaderToo_loadsOnce() {
    cache.invoke(
        "absent",
        (entry, arguments) -> {
          assertThat(entry.getValue()).isNull();
          assertThat(entry.getValue()).isNull();
          assertThat(entry.exists()).isFalse();
          return null;
        });
    assertThat(loader.loads()).containsExactly("absent");
    assertThat(cache.containsKey("absent")).isFalse();
  }

  @Test
  void getValue_afterRemove_isNullAndDoesNotLoad() {
    putOne();
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.remove();
          assertThat(entry.exists()).isFalse();
          return null;
        });
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(loader.loads()).isEmpty();
  }

  @Test
  void processorFails_anyException_arrivesWrappedWithoutEffect() {
    putOne();
    RuntimeException failure = new IllegalStateException("processor failed");
    assertThatThrownBy(() -> cache.invoke("k", changeThenThrow(failure)))
        .isInstanceOf(EntryProcessorException.class)
        .hasCause(failure);
    assertThat(writer.calls()).isEmpty();
    assertThat(listener.events()).isEmpty();
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void processorFails_cacheException_arrivesWrapped() {
    putOne();
    CacheException failure = new CacheException("processor failed");
    assertThatThrownBy(() -> cache.invoke("k", changeThenThrow(failure)))
        .isInstanceOf(EntryProcessorException.class)
        .hasCause(failure);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void processorFails_itsCountOfHitOrMiss_stands() {
    putOne();
    Counters before = Counters.of(cache);
    RuntimeException failure = new IllegalStateException("processor failed");
    assertThatThrownBy(() -> cache.invoke("k", changeThenThrow(failure)))
        .isInstanceOf(EntryProcessorException.class);
    assertThatThrownBy(() -> cache.invoke("l", changeThenThrow(failure)))
        .isInstanceOf(EntryProcessorException.class);
    assertThat(Counters.of(cache).since(before)).isEqualTo(new Counters(1, 1, 0, 0));
  }

  private static EntryProcessor<String, String, Object> changeThenThrow(RuntimeException failure) {
    return (entry, arguments) -> {
      entry.setValue("changed");
      throw failure;
    };
  }

  @Test
  void setValue_null_failsTheInvocation() {
    putOne();
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue(null);
                      return null;
                    }))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(NullPointerException.class);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void writerFails_afterTheProcessor_changesNothing() {
    putOne();
    writer.failWith(new IllegalStateException("database is down"));
    assertThatThrownBy(() -> cache.invoke("k", setTo("w")))
        .isInstanceOfAny(CacheWriterException.class, EntryProcessorException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void loaderFails_insideTheProcessor_arrives() {
    loader.failWith(new IllegalStateException("database is down"));
    assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
        .isInstanceOf(CacheException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void unwrap_wrongClass_throwsIllegalArgument() {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          assertThatThrownBy(() -> entry.unwrap(Thread.class))
              .isInstanceOf(IllegalArgumentException.class);
          return null;
        });
  }

  @Test
  void invokeAll_someFail_othersContinue() {
    cache.putAll(entries("a", "1", "b", "2", "c", "3"));
    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            keys("a", "b", "c"),
            (entry, arguments) -> {
              if (entry.getKey().equals("b")) {
                throw new IllegalStateException("not b");
              }
              entry.setValue(entry.getValue() + "!");
              return entry.getKey().equals("c") ? null : entry.getValue();
            });
    assertThat(results).containsOnlyKeys("a", "b");
    assertThat(results.get("a").get()).isEqualTo("1!");
    assertThatThrownBy(() -> results.get("b").get())
        .isInstanceOf(EntryProcessorException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(cache.getAll(keys("a", "b", "c")))
        .isEqualTo(entries("a", "1!", "b", "2", "c", "3!"));
  }

  @Test
  void valueChangedInPlace_withoutSetValue_isNotStored() {
    Cache<String, ArrayList<String>> lists =
        create(new MutableConfiguration<String, ArrayList<String>>());
    lists.put("k", new ArrayList<>(List.of("a")));
    lists.invoke("k", (entry, arguments) -> entry.getValue().add("b"));
    assertThat(lists.get("k")).containsExactly("a");
    lists.invoke(
        "k",
        (entry, arguments) -> {
          ArrayList<String> list = entry.getValue();
          list.add("b");
          entry.setValue(list);
          return null;
        });
    assertThat(lists.get("k")).containsExactly("a", "b");
  }

  @Test
  void eightThreads_incrementOneKey_loseNothing() throws Exception {
    Cache<String, Integer> counters = create(new MutableConfiguration<String, Integer>());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        work.add(threads.submit(() -> increment(counters)));
      }
      for (Future<?> part : work) {
        part.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(counters.get("n")).isEqualTo(800);
  }

  @Test
  void put_whileAProcessorRuns_comesBeforeOrAfterAndNeverBetween() throws Exception {
    putOne();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch put = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> processing =
          threads.submit(
              () ->
                  cache.<Object>invoke(
                      "k",
                      (entry, arguments) -> {
                        String seen = entry.getValue();
                        running.countDown();
                        awaitShortly(put); // a cache may as well hold the put back
                        entry.setValue(seen + "!");
                        return null;
                      }));
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      cache.put("k", "w");
      put.countDown();
      processing.get(20, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(cache.get("k")).isIn("w", "w!");
  }

  private static void awaitShortly(CountDownLatch latch) {
    try {
      boolean unused = latch.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void increment(Cache<String, Integer> counters) {
    for (int i = 0; i < 100; i++) {
      counters.invoke(
          "n",
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
          });
    }
  }

  private static EntryProcessor<String, String, Object> setTo(String value) {
    return (entry, arguments) -> {
      entry.setValue(value);
      return null;
    };
  }
}
