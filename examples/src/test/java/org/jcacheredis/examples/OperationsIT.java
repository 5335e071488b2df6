// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;

/** What {@code docs/operations.md} claims of rights, with a user made by its own line. */
class OperationsIT {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void everyOperation_asTheDocumentedUser_isAllowed() throws Exception {
    try (RedisServer server = RedisServer.start();
        CacheManager manager = manager(server, "jcache")) {
      Cache<String, Long> cache = manager.createCache("counts", counts());
      change(cache);
      read(cache);
      cache.clear();
      manager.destroyCache("counts");
    }
  }

  @Test
  void put_outsideTheUsersKeys_failsWithTheServersWord() throws Exception {
    try (RedisServer server = RedisServer.start();
        CacheManager manager = manager(server, "foreign")) {
      Cache<String, Long> cache = manager.createCache("counts", counts());

      assertThatThrownBy(() -> cache.put("a", 1L))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("check user, password and the user's rights");
    }
  }

  @Test
  void listenersAndLocalTier_asTheDocumentedUser_hear() throws Exception {
    EventQueue<String, Long> events = new EventQueue<>();
    try (RedisServer server = RedisServer.start();
        CacheManager writing = manager(server, "jcache");
        CacheManager listening = manager(server, "jcache", List.of(0, 1));
        RedisProbe redis = RedisProbe.of(server)) {
      Cache<String, Long> near = listening.createCache("users", near(events));
      Cache<String, Long> far = writing.createCache("users", typed());

      far.put("a", 1L);
      assertThat(events.next(PATIENCE)).isEqualTo("event CREATED a: 1");
      far.put("a", 2L);
      assertThat(events.next(PATIENCE)).isEqualTo("event UPDATED a: 1 -> 2");
      redis.del("jcache:users:a");
      assertThat(events.next(PATIENCE)).isEqualTo("event REMOVED a: nothing");
      own(far).put("b", 3L, Duration.ofMillis(100));
      assertThat(events.next(PATIENCE)).isEqualTo("event CREATED b: 3");
      assertThat(events.next(PATIENCE)).isEqualTo("event EXPIRED b: 3 -> nothing");
      near.put("c", 4L);
      assertThat(near.get("c")).isEqualTo(4);
    }
  }

  private static RedisCacheConfiguration<String, Long> near(EventQueue<String, Long> events) {
    return typed()
        .setting("local.enabled", true)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> events, null, true, false));
  }

  private static RedisCacheConfiguration<String, Long> typed() {
    return new RedisCacheConfiguration<String, Long>().setTypes(String.class, Long.class);
  }

  private static void change(Cache<String, Long> cache) {
    cache.put("a", 1L);
    cache.putAll(Map.of("b", 2L, "c", 3L));
    cache.putIfAbsent("d", 4L);
    cache.getAndPut("a", 2L);
    cache.replace("a", 2L, 3L);
    cache.getAndReplace("a", 4L);
    cache.invoke("a", LuaProcessors.increment(1));
    cache.invoke(
        "a",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + 1);
          return null;
        });
    own(cache).put("e", 5L, Duration.ofMinutes(1));
    cache.remove("b");
    cache.getAndRemove("c");
    cache.removeAll(Set.of("d"));
  }

  private static void read(Cache<String, Long> cache) {
    assertThat(cache.get("a")).isEqualTo(6);
    assertThat(cache.getAll(Set.of("a", "e"))).hasSize(2);
    assertThat(cache.containsKey("e")).isTrue();
    assertThat(own(cache).remainingTtl("e")).isPresent();
    assertThat(cache).hasSize(2);
    assertThat(own(cache).size()).isEqualTo(2);
  }

  @SuppressWarnings("unchecked") // unwrap cannot say of what type
  private static RedisCache<String, Long> own(Cache<String, Long> cache) {
    return cache.unwrap(RedisCache.class);
  }

  private static RedisCacheConfiguration<String, Long> counts() {
    RedisCacheConfiguration<String, Long> counts =
        new RedisCacheConfiguration<String, Long>().setting("load.negative-ttl", "1s");
    counts.setTypes(String.class, Long.class);
    counts.setExpiryPolicyFactory(
        TouchedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.HOURS, 1)));
    return counts;
  }

  private static CacheManager manager(RedisServer server, String namespace) throws Exception {
    return manager(server, namespace, List.of(0));
  }

  /** A manager of the user that these of the document's lines make. */
  private static CacheManager manager(RedisServer server, String namespace, List<Integer> lines)
      throws Exception {
    List<String> all =
        Files.readString(DOCUMENT).lines().filter(line -> line.startsWith("ACL SETUSER")).toList();
    try (RedisProbe admin = RedisProbe.of(server)) {
      lines.forEach(line -> admin.command(all.get(line).split(" ")));
    }
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.namespace", namespace);
    URI uri = URI.create("redis://app:secret@127.0.0.1:" + server.port());
    return new RedisCachingProvider()
        .getCacheManager(uri, OperationsIT.class.getClassLoader(), settings);
  }
}
