// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.awaitility.Awaitility;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where a manager connects, as whom, and what is left of it when it is closed. */
class ConnectionIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void getCacheManager_withPasswordAndDatabaseInTheUri_usesThem() {
    try (RedisServer server = RedisServer.start("--requirepass", "p@ss:w/rd");
        Space locked = Space.on(new Login(server.uri(), "p%40ss%3Aw%2Frd"));
        RedisProbe inside = locked.probe()) {
      URI database = URI.create(locked.uri() + "/3");
      RedisCache<String, String> cache =
          Space.cache(locked.manager(database), "c", Space.types(String.class, String.class));

      cache.put("k", "v");

      assertThat(inside.keys("*")).isEmpty();
      inside.command("SELECT", "3");
      assertThat(inside.keys("*")).containsExactly(locked.entry("c", "k"));
      RedisCache<String, String> anonymous =
          Space.cache(locked.manager(server.uri()), "c", Space.types(String.class, String.class));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> anonymous.get("k"))
          .withMessageContaining("cache 'c': " + server.uri() + " answered 'NOAUTH");
      RedisCache<String, String> wrong =
          Space.cache(
              locked.manager(server.uri(), "password=guess"),
              "c",
              Space.types(String.class, String.class));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> wrong.get("k"))
          .withMessageContaining("check user, password")
          .satisfies(e -> assertThat(e.toString()).doesNotContain("guess"));
    }
  }

  private record Login(URI server, String password) implements RedisEndpoint {
    @Override
    public URI uri() {
      return URI.create("redis://:" + password + "@" + server.getHost() + ":" + server.getPort());
    }
  }

  @Test
  void getCacheManager_eagerAndTheServerDead_failsFastAndLeavesNothing() {
    RedisServer server = RedisServer.start();
    server.close();
    Set<String> before = threads();
    long start = System.nanoTime();
    CachingProvider provider = new RedisCachingProvider();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                provider.getCacheManager(
                    server.uri(), null, space.properties("connect=eager", "connect-timeout=1s")))
        .withMessageContaining("cache manager '" + server.uri() + "'")
        .withMessageContaining("cannot connect to " + server.uri());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(threads()).isSubsetOf(before);
    try (CacheManager lazy = provider.getCacheManager(server.uri(), null, space.properties())) {
      assertThat(lazy.isClosed()).isFalse();
    }
  }

  @Test
  void getCacheManager_eagerAndTheServerThere_isConnected() {
    space.manager("connect=eager", "client-name=eager-one");

    assertThat(clients("eager-one")).isPositive();
  }

  @Test
  void getCacheManager_lazy_opensNothing() {
    space.manager("client-name=lazy-one").createCache("c", new MutableConfiguration<>());

    assertThat(clients("lazy-one")).isZero();
  }

  @Test
  void getCacheManager_ofTheDefaultUri_findsTheServerInSystemProperties() {
    System.setProperty("jcache-redis.uri", space.uri().toString());
    System.setProperty("jcache-redis.namespace", space.namespace());
    try (CachingProvider provider = new RedisCachingProvider()) {
      CacheManager manager = provider.getCacheManager();
      manager.createCache("c", Space.types(String.class, String.class)).put("k", "v");

      assertThat(manager.getURI()).isEqualTo(provider.getDefaultURI());
      assertThat(probe.exists(space.entry("c", "k"))).isTrue();
    } finally {
      System.clearProperty("jcache-redis.uri");
      System.clearProperty("jcache-redis.namespace");
    }
  }

  @Test
  void close_ofAManagerInUse_endsItsThreadsAndConnections() {
    Set<String> before = threads();
    try (Crew crew = new Crew()) {
      CacheManager manager = busyManager("busy-one");
      Cache<String, String> cache = manager.getCache("c", String.class, String.class);
      List<?> gets = Crew.together(8, i -> () -> cache.get("k" + i));
      assertThat(gets).hasSize(8);
      assertThat(clients("busy-one")).isPositive();
      assertThat(threads()).isNotEqualTo(before);

      manager.close();

      Awaitility.await().atMost(SOON).until(() -> clients("busy-one") == 0);
      Awaitility.await().atMost(SOON).until(() -> before.containsAll(threads()));
      assertThat(cache.isClosed()).isTrue();
    }
  }

  @Test
  void close_duringALoadInTheBackground_leavesNoThread() {
    Set<String> before = threads();
    CountDownLatch never = new CountDownLatch(1);
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "v");
    loader.waitFor(never);
    CacheManager manager = space.manager("client-name=load-one");
    Cache<String, String> cache =
        manager.createCache(
            "c", Space.types(String.class, String.class).setCacheLoaderFactory(loader.factory()));
    cache.loadAll(Set.of("k"), false, null);
    loader.awaitBulkLoads(1, SOON);

    manager.close();

    Awaitility.await().atMost(SOON).until(() -> before.containsAll(threads()));
    Awaitility.await().atMost(SOON).until(() -> clients("load-one") == 0);
    assertThat(loader.closeCount()).isEqualTo(1);
  }

  @Test
  void close_ofTheProvider_endsAllItsManagers() {
    Set<String> before = threads();
    CachingProvider provider = new RedisCachingProvider();
    CacheManager one =
        provider.getCacheManager(
            space.uri(), null, space.properties("client-name=provider-one", "connect=eager"));
    CacheManager two =
        provider.getCacheManager(
            URI.create(space.uri() + "/1"),
            null,
            space.properties("client-name=provider-one", "connect=eager"));
    assertThat(clients("provider-one")).isEqualTo(2);

    provider.close();

    assertThat(one.isClosed()).isTrue();
    assertThat(two.isClosed()).isTrue();
    Awaitility.await().atMost(SOON).until(() -> clients("provider-one") == 0);
    assertThat(threads()).isSubsetOf(before);
  }

  /** With all that makes threads: asynchronous listeners, leases, background loads. */
  private CacheManager busyManager(String clientName) {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    CacheManager manager =
        space.manager("client-name=" + clientName, "cache-defaults.load.lease=true");
    Cache<String, String> cache =
        manager.createCache(
            "c",
            Space.types(String.class, String.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .addCacheEntryListenerConfiguration(
                    new RecordingListener<String, String>().configuration(false, true)));
    cache.loadAll(Set.of("x"), true, null);
    return manager;
  }

  private long clients(String name) {
    return String.valueOf(probe.command("CLIENT", "LIST"))
        .lines()
        .filter(line -> line.contains(" name=" + name + " "))
        .count();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("jcache-redis-"))
        .collect(Collectors.toSet());
  }
}
