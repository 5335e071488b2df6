// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.event.EventType;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.Crew;
import org.jcacheredis.feature.Space;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of one key by many are told to each listener in the order in which they were made. */
class OrderIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int THREADS = 8;
  private static final int ROUNDS = 1_250;
  private static final int KEYS = 4;
  private static final Long LAST = -1L;

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private RedisCache<String, Long> cache(Object localTier) {
    return Space.cache(
        space.manager(),
        "c",
        new RedisCacheConfiguration<String, Long>()
            .setTypes(String.class, Long.class)
            .setting("events.queue", 100_000)
            .setting("local.enabled", localTier));
  }

  @EveryLayout
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenThousandUpdates_ofHotKeys_areHeardInOrderByEachListener(boolean synchronous) {
    List<RedisCache<String, Long>> caches = List.of(cache(false), cache(false));
    List<RecordingListener<String, Long>> listeners =
        List.of(new RecordingListener<>(), new RecordingListener<>());
    for (int i = 0; i < 2; i++) {
      caches.get(i).registerCacheEntryListener(listeners.get(i).configuration(synchronous, true));
    }

    Crew.together(THREADS, thread -> updates(caches.get(thread % 2), thread));

    for (RecordingListener<String, Long> listener : listeners) {
      assertIsAChainPerKey(listener.awaitCount(THREADS * ROUNDS, LIMIT), caches.get(0));
    }
  }

  @Test
  void updates_withALocalTier_areHeardInOrder() {
    RedisCache<String, Long> here = cache(true);
    RedisCache<String, Long> there = cache(true);
    RecordingListener<String, Long> listener = new RecordingListener<>();
    there.registerCacheEntryListener(listener.configuration(false, true));

    Crew.together(2, thread -> updates(thread == 0 ? here : there, thread));

    assertIsAChainPerKey(listener.awaitCount(2 * ROUNDS, LIMIT), there);
  }

  @EveryLayout
  @Test
  void changesOfAllKinds_ofHotKeys_areHeardInOrderByEachListener() {
    assertInOrder(List.of(cache(false), cache(false)));
  }

  @Test
  void changesOfAllKinds_withALocalTier_areHeardInOrderByEachListener() {
    assertInOrder(List.of(cache(false), cache(true)));
  }

  /** Of all kinds, so that there is no telling how many of them change something. */
  private static void assertInOrder(List<RedisCache<String, Long>> caches) {
    List<RecordingListener<String, Long>> listeners =
        List.of(new RecordingListener<>(), new RecordingListener<>());
    for (int i = 0; i < 2; i++) {
      caches.get(i).registerCacheEntryListener(listeners.get(i).configuration(i == 0, true));
    }

    Crew.together(THREADS, thread -> changes(caches.get(thread % 2), thread));

    for (int key = 0; key < KEYS; key++) {
      caches.get(0).put("k" + key, LAST);
    }
    for (RecordingListener<String, Long> listener : listeners) {
      Awaitility.await().atMost(LIMIT).until(() -> lasts(listener) == KEYS);
      assertIsAChainPerKey(listener.events(), caches.get(1));
    }
    assertThat(listeners.get(0).events()).hasSameSizeAs(listeners.get(1).events());
  }

  private static long lasts(RecordingListener<String, Long> listener) {
    return listener.events().stream().filter(event -> LAST.equals(event.value())).count();
  }

  private static Callable<Void> changes(RedisCache<String, Long> cache, int thread) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        String key = "k" + i % KEYS;
        long value = (thread + 1) * 1_000_000_000L + i * 1_000L;
        switch ((i + thread) % 12) {
          case 0 -> cache.remove(key);
          case 1 -> cache.getAndRemove(key);
          case 2 -> cache.putIfAbsent(key, value);
          case 3 -> cache.replace(key, value);
          case 4 -> cache.getAndReplace(key, value);
          case 5 -> cache.putAll(Map.of(key, value));
          case 6 -> cache.invoke(key, OrderIT::increment);
          case 7 -> cache.invoke(key, LuaProcessors.increment(1));
          case 8 -> cache.removeAll(Set.of(key));
          case 9 -> cache.invokeAll(Set.of(key), OrderIT::increment);
          default -> cache.put(key, value);
        }
      }
      return null;
    };
  }

  private static Callable<Void> updates(RedisCache<String, Long> cache, int thread) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        String key = "k" + i % KEYS;
        if (i % 3 == 0) {
          cache.invoke(key, OrderIT::increment);
        } else {
          cache.put(key, (thread + 1) * 1_000_000_000L + i * 1_000L);
        }
      }
      return null;
    };
  }

  private static Object increment(
      javax.cache.processor.MutableEntry<String, Long> entry, Object... arguments) {
    entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
    return null;
  }

  private static void assertIsAChainPerKey(
      List<RecordedEvent<String, Long>> events, RedisCache<String, Long> cache) {
    Map<String, List<RecordedEvent<String, Long>>> byKey =
        events.stream().collect(Collectors.groupingBy(RecordedEvent::key));
    assertThat(byKey).hasSize(KEYS);
    byKey.forEach(
        (key, ofKey) -> {
          assertThat(breaks(ofKey)).as("breaks of the chain of %s", key).isEmpty();
          assertThat(ofKey.get(ofKey.size() - 1).value()).isEqualTo(cache.get(key));
        });
  }

  /** The value after the event; none after the end of the entry. */
  private static Long left(RecordedEvent<String, Long> event) {
    boolean isEnd = event.type() == EventType.REMOVED || event.type() == EventType.EXPIRED;
    return isEnd ? null : event.value();
  }

  /** Where an event's old value is not the value of the event before. */
  private static List<String> breaks(List<RecordedEvent<String, Long>> events) {
    Function<Integer, Long> before = at -> at == 0 ? null : left(events.get(at - 1));
    return IntStream.range(0, events.size())
        .filter(at -> !Objects.equals(events.get(at).oldValue(), before.apply(at)))
        .mapToObj(at -> at + ": " + events.get(at) + " after " + before.apply(at))
        .toList();
  }
}
