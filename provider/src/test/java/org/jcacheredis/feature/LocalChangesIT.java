// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.feature.Kept.counts;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.integration.CompletionListenerFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What takes a value out of a local tier: own changes at once, those of others when heard of. */
class LocalChangesIT {
  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final RedisProbe probe = space.probe();
  private final RedisCache<String, Long> other =
      Space.cache(space.manager(), "c", Space.types(String.class, Long.class));
  private RedisCache<String, Long> cache;

  /** The tier has k, which is 1. */
  @BeforeEach
  void keep() {
    other.put("k", 1L);
    cache =
        Space.cache(
            space.manager(),
            "c",
            new RedisCacheConfiguration<String, Long>()
                .setTypes(String.class, Long.class)
                .setStatisticsEnabled(true)
                .setCacheLoaderFactory(RecordingLoader.of((String key) -> 2L).factory())
                .setting("local.enabled", true));
    cache.get("k");
    assertThat(counts(cache).getLocalEntries()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(10, TimeUnit.MILLISECONDS);
  }

  static Stream<Arguments> ownStores() {
    return Stream.of(
        change("put", cache -> cache.put("k", 2L)),
        change("put with a lifetime", cache -> cache.put("k", 2L, Duration.ofHours(1))),
        change("getAndPut", cache -> cache.getAndPut("k", 2L)),
        change("putAll", cache -> cache.putAll(Map.of("k", 2L, "j", 2L))),
        change("replace", cache -> cache.replace("k", 2L)),
        change("replace if equal", cache -> cache.replace("k", 1L, 2L)),
        change("getAndReplace", cache -> cache.getAndReplace("k", 2L)),
        change("invoke", cache -> cache.invoke("k", LocalChangesIT::two)),
        change("invokeAll", cache -> cache.invokeAll(Set.of("k", "j"), LocalChangesIT::two)),
        change("invoke in the server", cache -> cache.invoke("k", LuaProcessors.increment(1))),
        change(
            "invokeAll in the server",
            cache -> cache.invokeAll(Set.of("k", "j"), LuaProcessors.increment(1))),
        change("loadAll", LocalChangesIT::load));
  }

  static Stream<Arguments> ownRemovals() {
    return Stream.of(
        change("remove", cache -> cache.remove("k")),
        change("remove if equal", cache -> cache.remove("k", 1L)),
        change("getAndRemove", cache -> cache.getAndRemove("k")),
        change("removeAll of keys", cache -> cache.removeAll(Set.of("k"))),
        change("removeAll", RedisCache::removeAll),
        change("clear", RedisCache::clear),
        change("iterator", LocalChangesIT::removeByIterator),
        change("invoke", cache -> cache.invoke("k", (entry, arguments) -> removed(entry::remove))));
  }

  private static Arguments change(String name, Consumer<RedisCache<String, Long>> change) {
    return Arguments.of(name, change);
  }

  private static Object two(
      javax.cache.processor.MutableEntry<String, Long> entry, Object... arguments) {
    entry.setValue(2L);
    return "done";
  }

  private static Object removed(Runnable remove) {
    remove.run();
    return "done";
  }

  private static void load(RedisCache<String, Long> cache) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), true, done);
    try {
      done.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void removeByIterator(RedisCache<String, Long> cache) {
    Iterator<?> entries = cache.iterator();
    entries.next();
    entries.remove();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ownStores")
  void ownStore_isReadAtOnce(String name, Consumer<RedisCache<String, Long>> change) {
    change.accept(cache);

    assertThat(cache.get("k")).isEqualTo(2L);
    assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", 2L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ownRemovals")
  void ownRemoval_isSeenAtOnce(String name, Consumer<RedisCache<String, Long>> change) {
    change.accept(cache);

    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.getAll(Set.of("k"))).isEmpty();
  }

  /** The tier says 1, and Redis decides. */
  @Test
  void condition_onAStaleValue_isDecidedInRedis() {
    for (int i = 0; i < 20; i++) {
      Kept.await(cache, "k");
      other.put("k", 5L);
      assertThat(cache.replace("k", 1L, 2L)).isFalse();
      assertThat(cache.get("k")).isEqualTo(5L);
      Kept.await(cache, "k");
      other.remove("k");
      assertThat(cache.putIfAbsent("k", 1L)).isTrue();
      assertThat(cache.get("k")).isEqualTo(1L);
    }
  }

  static Stream<Arguments> foreignChanges() {
    return Stream.of(
        foreign("put of another manager", 2L, test -> test.other.put("k", 2L)),
        foreign("remove of another manager", null, test -> test.other.remove("k")),
        foreign("clear of another manager", null, test -> test.other.clear()),
        foreign("DEL", null, test -> test.probe.del(test.entry())),
        foreign("SET", 2L, test -> test.probe.command("COPY", test.two(), test.entry(), "REPLACE")),
        foreign("RENAME", 2L, test -> test.probe.command("RENAME", test.two(), test.entry())),
        foreign("PEXPIRE", null, test -> test.probe.command("PEXPIRE", test.entry(), "200")),
        foreign("FLUSHALL", null, test -> test.probe.flush()),
        foreign("FLUSHDB", null, test -> test.probe.command("FLUSHDB")));
  }

  private static Arguments foreign(String name, Long after, Consumer<LocalChangesIT> change) {
    return Arguments.of(name, after, change);
  }

  private String entry() {
    return space.entry("c", "k");
  }

  /** The name of another entry, which is 2. */
  private String two() {
    other.put("two", 2L);
    return space.entry("c", "two");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreignChanges")
  void changeOfOthers_isSeenSoon(String name, Long after, Consumer<LocalChangesIT> change) {
    change.accept(this);

    await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo(after));
    assertThat(counts(cache).getLocalInvalidations()).isEqualTo(1);
  }

  @Test
  void entry_withALifetime_isNotKeptBeyondIt() {
    other.put("brief", 1L, Duration.ofSeconds(2));
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    // the invalidation by the put may come after the first reads
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              cache.get("brief");
              return counts(cache).getLocalHits() > 0;
            });

    long lastHit = end;
    for (long asked = end; cache.get("brief") != null; asked = System.nanoTime()) {
      lastHit = asked;
    }
    assertThat(Duration.ofNanos(lastHit - end)).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void lostConnection_emptiesTheTierAndIsCounted() {
    String name = "jcache-redis-events";
    List<String> ids =
        probe.subscribers().stream()
            .filter(client -> name.equals(client.get("name")))
            .map(client -> client.get("id"))
            .toList();
    assertThat(ids).isNotEmpty();

    ids.forEach(id -> probe.command("CLIENT", "KILL", "ID", id));

    await().until(() -> counts(cache).getSubscriptionGaps() == 1);
    await().until(() -> counts(cache).getLocalInvalidations() >= 1);
    probe.command("COPY", two(), entry(), "REPLACE");
    await().until(() -> cache.get("k") == 2L);
    Kept.await(cache, "k");
    other.put("k", 3L);
    await().until(() -> cache.get("k") == 3L);
    assertThat(counts(cache).getSubscriptionGaps()).isEqualTo(1);
  }
}
