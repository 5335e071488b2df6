// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.cache.CacheManager;
import javax.cache.event.EventType;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The one connection that a manager hears by: how many there are, what its loss does, its threads.
 */
class SubscriberIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CACHES = 500;

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final RedisProbe probe = space.probe();
  private final RecordingListener<String, String> listener = new RecordingListener<>();

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private static RedisCacheConfiguration<String, String> strings() {
    return new RedisCacheConfiguration<String, String>().setTypes(String.class, String.class);
  }

  /** With a listener and statistics. */
  private RedisCache<String, String> listening(CacheManager manager) {
    return listening(manager, strings());
  }

  /** With a local tier, too. */
  private RedisCache<String, String> near(CacheManager manager) {
    return listening(manager, strings().setting("local.enabled", true));
  }

  private RedisCache<String, String> listening(
      CacheManager manager, RedisCacheConfiguration<String, String> configuration) {
    return Space.cache(
        manager,
        "c",
        configuration
            .setStatisticsEnabled(true)
            .addCacheEntryListenerConfiguration(listener.configuration(false, true)));
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(20, TimeUnit.MILLISECONDS).atMost(LIMIT);
  }

  @EveryLayout
  @Test
  void manyCaches_withAllKindsOfListeners_shareOneConnection() {
    assertThatCachesShareOneConnection(space.manager());
  }

  @Test
  void manyCaches_withListenersAndLocalTiers_shareOneConnection() {
    assertThatCachesShareOneConnection(space.manager("cache-defaults.local.enabled=true"));
  }

  private void assertThatCachesShareOneConnection(CacheManager manager) {
    List<RedisCache<String, String>> caches = new ArrayList<>();
    for (int i = 0; i < CACHES; i++) {
      caches.add(
          Space.cache(
              manager,
              "c" + i,
              strings()
                  .setting("expiry.created", "200ms")
                  .addCacheEntryListenerConfiguration(listener.configuration(false, true))));
    }
    assertThat(probe.subscribers()).hasSize(1);

    CacheManager other = space.manager();
    for (int i = 0; i < CACHES; i++) {
      RedisCache<String, String> cache = Space.cache(other, "c" + i, strings());
      cache.put("k" + i, "v");
      cache.put("k" + i, "w");
      cache.remove("k" + i);
      caches.get(i).put("e" + i, "x");
    }

    List<RecordedEvent<String, String>> events = listener.awaitCount(5 * CACHES, LIMIT);
    for (EventType type : EventType.values()) {
      int each = type == EventType.CREATED ? 2 : 1;
      assertThat(events.stream().filter(event -> event.type() == type))
          .as("%s", type)
          .hasSize(each * CACHES);
    }
    assertThat(probe.subscribers()).hasSize(2);
  }

  @Test
  void lostConnection_isCountedLoggedAndReplaced() {
    RedisCache<String, String> cache = near(space.manager());
    RedisCache<String, String> other = Space.cache(space.manager(), "c", strings());
    other.put("k", "v");
    listener.awaitCount(1, LIMIT);
    awaitKeptLocally(cache);
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(probe.killSubscribers()).isPositive();

      await().until(() -> Beans.count(cache, "SubscriptionGaps") == 1);
      assertThat(log.warnings("lost")).isNotEmpty();
    }
    // what was kept is not trusted: who changes it past the tier is seen at once after the gap
    await().until(() -> probe.subscribers().size() >= 1);
    awaitHeard(other);
    other.put("k", "w");
    await().until(() -> "w".equals(cache.get("k")));
    awaitKeptLocally(cache);
    assertThat(Beans.count(cache, "SubscriptionGaps")).isEqualTo(1);
  }

  /** A gap may lose events; after it they come again. */
  private void awaitHeard(RedisCache<String, String> writer) {
    int before = listener.events().size();
    await()
        .until(
            () -> {
              writer.put("k", "again");
              return listener.events().size() > before;
            });
  }

  private static void awaitKeptLocally(RedisCache<String, String> cache) {
    await()
        .until(
            () -> {
              long before = Beans.count(cache, "LocalHits");
              cache.get("k");
              return Beans.count(cache, "LocalHits") > before;
            });
  }

  @Test
  void entriesKeptLocally_whenTheConnectionIsLost_areDropped() {
    RedisCache<String, String> cache = near(space.manager());
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v");
    }
    cache.put("k", "v");
    await()
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                cache.get("k" + i);
              }
              return Beans.count(cache, "LocalEntries") >= 100;
            });
    probe.killSubscribers();
    await().until(() -> Beans.count(cache, "LocalEntries") == 0);
  }

  @EveryLayout
  @Test
  void messagesOfNobodyKnown_areCountedAndSkipped() {
    RedisCache<String, String> cache = listening(space.manager());
    RedisCache<String, String> other = Space.cache(space.manager(), "c", strings());
    other.put("k", "v");
    listener.awaitCount(1, LIMIT);
    byte[] channel = (space.namespace() + ":c!events").getBytes(UTF_8);
    byte[][] broken = {{}, {0}, {1}, {127, 1, 2, 3}, "hello, world, this is text".getBytes(UTF_8)};
    for (byte[] message : broken) {
      probe.commandBytes("PUBLISH".getBytes(UTF_8), channel, message);
    }

    byte[] control = (space.namespace() + "!control").getBytes(UTF_8);
    for (byte[] message : broken) {
      probe.commandBytes("PUBLISH".getBytes(UTF_8), control, message);
    }

    await().until(() -> Beans.count(cache, "SkippedMessages") >= broken.length);
    other.put("k", "w");
    assertThat(listener.awaitCount(2, LIMIT))
        .extracting(RecordedEvent::type, RecordedEvent::value)
        .containsExactly(tuple(EventType.CREATED, "v"), tuple(EventType.UPDATED, "w"));
    assertThat(Beans.count(cache, "SubscriptionGaps")).isZero();
  }

  @EveryLayout
  @Test
  void threads_areNamedDaemonsThatEndWithTheManager() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CacheManager manager = space.manager();
    RedisCache<String, String> cache = listening(manager);
    cache.put("k", "v");
    listener.awaitCount(1, LIMIT);
    Set<Thread> started =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread))
            .filter(thread -> thread.getName().startsWith("jcache-redis"))
            .collect(Collectors.toSet());
    assertThat(started).isNotEmpty().allMatch(Thread::isDaemon);
    assertThat(started).anyMatch(thread -> thread.getName().contains("subscriber"));

    manager.close();

    await().until(() -> started.stream().noneMatch(Thread::isAlive));
    await().until(() -> probe.subscribers().isEmpty());
  }
}
