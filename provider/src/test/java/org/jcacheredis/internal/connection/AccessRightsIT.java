// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.integration.CompletionListenerFuture;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user with the rights that the documentation asks for, and no others, can do everything. */
class AccessRightsIT {
  private static final String RULES =
      "on >pw ~jc:* resetchannels &jc:* &jc!*"
          + " +@read +@write +@scripting +@connection +@pubsub -@dangerous -@admin";

  private static RedisServer server;
  private static RedisProbe probe;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    probe = RedisProbe.of(server);
    probe.command(("ACL SETUSER app " + RULES).split(" "));
  }

  @AfterAll
  static void stop() {
    probe.close();
    server.close();
  }

  @Test
  @SuppressWarnings("unchecked") // unwrap knows the class alone
  void user_withTheDocumentedRights_canUseEveryOperation() {
    try (RedisCachingProvider provider = new RedisCachingProvider()) {
      RedisCache<String, Long> cache = cache(provider).unwrap(RedisCache.class);
      cache.put("a", 1L);
      cache.put("b", 1L, Duration.ofMinutes(1));
      cache.putAll(Map.of("c", 1L, "d", 1L));
      assertThat(cache.get("a")).isEqualTo(1);
      assertThat(cache.getAll(Set.of("a", "b"))).hasSize(2);
      assertThat(cache.containsKey("a")).isTrue();
      assertThat(cache.remainingTtl("b")).isPresent();
      assertThat(cache.size()).isEqualTo(4);
      conditional(cache);
      processed(cache);
      assertThat(cache).hasSize(4);
      cache.removeAll(Set.of("a"));
      cache.removeAll();
      cache.put("a", 1L);
      cache.clear();
      assertThat(cache).isEmpty();
      CompletionListenerFuture loaded = new CompletionListenerFuture();
      cache.loadAll(Set.of(), false, loaded);
      assertThat(loaded).succeedsWithin(Duration.ofSeconds(5));
    }
    assertThat(probe.command("ACL", "LOG")).isEqualTo(List.of());
  }

  private static void conditional(RedisCache<String, Long> cache) {
    assertThat(cache.putIfAbsent("a", 2L)).isFalse();
    assertThat(cache.getAndPut("a", 2L)).isEqualTo(1);
    assertThat(cache.replace("a", 3L)).isTrue();
    assertThat(cache.replace("a", 3L, 4L)).isTrue();
    assertThat(cache.replace("a", 3L, 4L)).isFalse();
    assertThat(cache.getAndReplace("a", 5L)).isEqualTo(4);
    assertThat(cache.remove("a", 4L)).isFalse();
    assertThat(cache.getAndRemove("a")).isEqualTo(5);
    assertThat(cache.remove("a")).isFalse();
  }

  private static void processed(RedisCache<String, Long> cache) {
    assertThat(cache.invoke("a", LuaProcessors.increment(7))).isEqualTo(7);
    Long doubled =
        cache.invoke(
            "a",
            (entry, arguments) -> {
              entry.setValue(2 * entry.getValue());
              return entry.getValue();
            });
    assertThat(doubled).isEqualTo(14);
  }

  private static javax.cache.Cache<String, Long> cache(RedisCachingProvider provider) {
    Properties properties = new Properties();
    properties.put("jcache-redis.namespace", "jc");
    properties.put("jcache-redis.cache-defaults.load.negative-ttl", "1m");
    properties.put("jcache-redis.cache-defaults.load.lease", "true");
    URI uri = URI.create("redis://app:pw@127.0.0.1:" + server.port());
    MutableConfiguration<String, Long> configuration = new MutableConfiguration<>();
    configuration
        .setTypes(String.class, Long.class)
        .setExpiryPolicyFactory(
            AccessedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(HOURS, 1)));
    return provider
        .getCacheManager(uri, AccessRightsIT.class.getClassLoader(), properties)
        .createCache("rights {*}", configuration);
  }
}
