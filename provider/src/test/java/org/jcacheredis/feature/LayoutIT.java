// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcacheredis.feature.Kept.counts;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisException;
import org.jcacheredis.manyjvms.CapturedLog;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a layout on a server that has no lifetimes for fields of hashes. */
class LayoutIT {
  private static RedisServer server;

  @AutoClose private final Space space = Space.on(server);
  private final RedisProbe probe = space.probe();
  private final String mark = space.namespace() + ":c!layout";

  @BeforeAll
  static void start() {
    server = Incapable.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RedisCacheConfiguration<String, String> strings(String layout) {
    return new RedisCacheConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setting("layout", layout);
  }

  private RedisCache<String, String> cache(String layout) {
    return Space.cache(space.manager(), "c", strings(layout));
  }

  @Test
  void hash_isRefusedByNameOfWhatLacks() {
    CacheManager manager = space.manager();

    assertThatThrownBy(() -> manager.createCache("c", strings("hash")))
        .isInstanceOf(CacheException.class)
        .hasMessageStartingWith(
            "cache 'c': layout is 'hash', but the server does not know HSETEX, HGETEX, HGETDEL")
        .hasMessageEndingWith(
            "; set layout = keys, or use Redis 8.0 or later, or Valkey 9.1 or later");

    assertThat(manager.getCacheNames()).isEmpty();
    assertThat(probe.keys(space.namespace() + "*")).isEmpty();
    manager.createCache("c", strings("keys")).put("k", "v");
  }

  @Test
  void hash_asADefault_isRefusedAtTheFirstUseOfADeclaredCache() {
    CacheManager manager = space.manager("cache-defaults.layout=hash", "caches.c.bulk-size=1");
    assertThatThrownBy(() -> manager.getCache("c"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("set layout = keys");
  }

  @Test
  void auto_choosesKeysAndSaysWhy() {
    try (CapturedLog log = CapturedLog.open()) {
      RedisCache<String, String> cache = cache("auto");
      cache.put("k", "v");

      assertThat(log.information("cache 'c': layout"))
          .singleElement()
          .asString()
          .contains("cache 'c': layout is 'keys': the server does not know HSETEX, HGETEX");
      assertThat(counts(cache).getLayout()).isEqualTo("keys");
      assertThat(counts(cache).getPartitions()).isZero();
    }
    assertThat(probe.get(mark)).isEqualTo("keys");
    assertThat(probe.keys(space.namespace() + ":c*")).contains(space.entry("c", "k"));
  }

  @Test
  void keys_createCache_asksNobodyAndNotesNothing() {
    CacheManager nowhere = space.manager(URI.create("redis://127.0.0.1:1"));
    assertThat(counts(Space.cache(nowhere, "c", strings("keys"))).getLayout()).isEqualTo("keys");

    RedisCache<String, String> cache = cache("keys");
    cache.put("k", "v");
    assertThat(probe.exists(mark)).isFalse();
  }

  @Test
  void keys_firstChange_looksForTheNoteInTheSameTrip() {
    try (FaultProxy proxy = FaultProxy.before(server)) {
      RedisCache<String, String> cache =
          Space.cache(space.manager(proxy.uri()), "c", strings("keys"));
      cache.get("k");
      Map<String, Long> first = probe.commandsDuring(() -> cache.put("k", "v"));
      Map<String, Long> second = probe.commandsDuring(() -> cache.put("k", "v"));

      assertThat(first).containsEntry("get", 1L).containsEntry("pubsub|numsub", 1L);
      assertThat(second).containsOnly(Map.entry("set", 1L));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keys_cacheThatOthersHaveInHashes_refusesEveryChange(boolean announces) {
    probe.set(mark, "hash:16");
    RedisCache<String, String> cache =
        Space.cache(space.manager("events.announce=" + announces), "c", strings("keys"));

    for (Runnable change :
        new Runnable[] {
          () -> cache.put("k", "v"),
          () -> cache.putIfAbsent("k", "v"),
          () -> cache.putAll(Map.of("k", "v")),
          () -> cache.remove("k"),
          () -> cache.removeAll(Set.of("k")),
          () -> cache.invoke("k", (entry, arguments) -> setTo(entry, "v")),
          cache::clear
        }) {
      assertThatThrownBy(change::run)
          .isInstanceOf(CacheException.class)
          .hasStackTraceContaining(
              "cache 'c': layout is 'keys', but "
                  + mark
                  + " in the server says 'hash:16'; nothing was changed; set layout = hash or auto,"
                  + " or destroy the cache first");
    }
    assertThat(cache.get("k")).isNull();
    assertThat(probe.keys(space.namespace() + ":c*")).containsExactly(mark);
  }

  private static Object setTo(javax.cache.processor.MutableEntry<String, String> entry, String v) {
    entry.setValue(v);
    return v;
  }

  @Test
  void keys_refused_worksAsSoonAsTheNoteIsGone() {
    probe.set(mark, "hash:16");
    RedisCache<String, String> cache = cache("keys");
    assertThatThrownBy(() -> cache.put("k", "v")).isInstanceOf(CacheException.class);

    probe.del(mark);

    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void keys_noteOfKeys_isNoObstacle() {
    cache("auto").put("k", "v");
    RedisCache<String, String> cache = cache("keys");
    cache.put("k", "w");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void destroyCache_removesTheNote_closeDoesNot() {
    CacheManager manager = space.manager();
    RedisCache<String, String> cache = Space.cache(manager, "c", strings("auto"));
    cache.put("k", "v");
    cache.close();
    assertThat(probe.get(mark)).isEqualTo("keys");

    manager.createCache("c", strings("auto"));
    manager.destroyCache("c");

    assertThat(probe.keys(space.namespace() + ":c*")).isEmpty();
  }

  @Test
  void destroyCache_inKeys_removesTheHashesThatAreNoted() {
    probe.set(mark, "hash:4");
    probe.command("HSET", space.namespace() + ":c#0", "f", "v");
    probe.command("HSET", space.namespace() + ":c#3", "f", "v");
    CacheManager manager = space.manager();
    manager.createCache("c", strings("keys"));

    manager.destroyCache("c");

    assertThat(probe.keys(space.namespace() + ":c*")).isEmpty();
    manager.createCache("c", strings("keys")).put("k", "v");
  }

  @Test
  void auto_cacheThatOthersHaveInHashes_isRefusedHere() {
    probe.set(mark, "hash:16");
    assertThatThrownBy(() -> cache("auto"))
        .isInstanceOf(CacheException.class)
        .hasMessageStartingWith("cache 'c': %s in the server says 'hash:16', but the server", mark)
        .hasMessageContaining("does not know HSETEX");
    assertThat(probe.get(mark)).isEqualTo("hash:16");
  }

  @Test
  void auto_noteOfALaterVersion_isRefused() {
    probe.set(mark, "tree:16");
    assertThatThrownBy(() -> cache("auto"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'tree:16' in %s, which this version does not know", mark);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "auto"})
  void createCache_noServer_failsInTimeAndNamesTheCache(String layout) {
    CacheManager nowhere = space.manager(URI.create("redis://127.0.0.1:1"));
    long begin = System.nanoTime();

    assertThatExceptionOfType(RedisException.class)
        .isThrownBy(() -> nowhere.createCache("c", strings(layout)))
        .withMessageStartingWith("cache 'c': cannot connect to redis://127.0.0.1:1")
        .satisfies(e -> assertThat(e.fate()).isEqualTo(RedisException.Fate.NOT_DONE));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(nowhere.getCacheNames()).isEmpty();
  }

  @Test
  void createCache_frozenServer_failsInTimeAndNamesTheCache() {
    try (RedisServer frozen = RedisServer.start()) {
      CacheManager manager =
          space.manager(frozen.uri(), "command-timeout=200ms", "connect-timeout=200ms");
      frozen.freeze();
      try {
        assertThatExceptionOfType(RedisException.class)
            .isThrownBy(() -> manager.createCache("c", strings("hash")))
            .withMessageStartingWith("cache 'c': ")
            .satisfies(e -> assertThat(e.fate()).isEqualTo(RedisException.Fate.NOT_DONE));
      } finally {
        frozen.thaw();
      }
    }
  }

  @Test
  void hash_withALocalTier_isRefusedWithoutAServer() {
    CacheManager nowhere = space.manager(URI.create("redis://127.0.0.1:1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nowhere.createCache("c", strings("hash").setting("local.enabled", true)))
        .withMessageStartingWith("cache 'c': layout is 'hash', and local.enabled is true, but")
        .withMessageEndingWith("; set layout = keys, or local.enabled to false");
  }
}
