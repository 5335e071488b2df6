// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.EventType;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears what when connections, listeners and servers come and go. */
@EveryLayout
class HearingIT {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private static final List<EventType> ENDED =
      List.of(EventType.CREATED, EventType.EXPIRED, EventType.CREATED);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private static RedisCache<String, String> cache(CacheManager manager) {
    return Space.cache(manager, "c", Space.types(String.class, String.class));
  }

  private boolean isAnnounced(RedisProbe probe, Cache<String, String> writer) {
    return probe.commandsDuring(() -> writer.put("k", "v")).getOrDefault("publish", 0L) > 0;
  }

  @Test
  void put_sinceTheListenerIsBackFromAGap_isAnnouncedAgain() {
    RedisProbe probe = space.probe();
    RecordingListener<String, String> listener = new RecordingListener<>();
    try (FaultProxy proxy = FaultProxy.before(server)) {
      RedisCache<String, String> writer = cache(space.manager());
      RedisCache<String, String> hearer = cache(space.manager(proxy.uri()));
      writer.put("k", "v");
      hearer.registerCacheEntryListener(listener.configuration(false, true));
      assertThat(isAnnounced(probe, writer)).isTrue();

      proxy.refuse();
      await().until(() -> probe.subscribers().size() == 1);
      // somebody else comes and goes, so that the writer asks who is there
      RedisCache<String, String> passing = cache(space.manager());
      CacheEntryListenerConfiguration<String, String> other =
          new RecordingListener<String, String>().configuration(false, true);
      passing.registerCacheEntryListener(other);
      passing.deregisterCacheEntryListener(other);
      await().until(() -> !isAnnounced(probe, writer));
      proxy.heal();
      await().until(() -> probe.subscribers().size() == 3);

      await().until(() -> isAnnounced(probe, writer));
    }
  }

  @Test
  void expired_oneJvmWantsTheValueAndAnotherDoesNot_eachHearsOnce() {
    RedisCache<String, String> wanting = cache(space.manager());
    RedisCache<String, String> other = cache(space.manager());
    RecordingListener<String, String> values = new RecordingListener<>();
    RecordingListener<String, String> ends = new RecordingListener<>();
    wanting.registerCacheEntryListener(values.configuration(false, true));
    other.registerCacheEntryListener(ends.configuration(false, false));
    wanting.put("k", "v", Duration.ofMillis(50));
    values.awaitCount(2, LIMIT);
    ends.awaitCount(2, LIMIT);
    wanting.put("k", "fence");

    assertThat(values.awaitCount(3, LIMIT)).extracting(RecordedEvent::type).isEqualTo(ENDED);
    assertThat(ends.awaitCount(3, LIMIT)).extracting(RecordedEvent::type).isEqualTo(ENDED);
    assertThat(values.events().get(1).value()).isEqualTo("v");
  }

  @Test
  void clear_keyOfAnotherTypeUnderThePrefix_removesItThoughOldValuesAreWanted() {
    RedisCache<String, String> cache = cache(space.manager());
    cache.registerCacheEntryListener(
        new RecordingListener<String, String>().configuration(false, true));
    cache.put("k", "v");
    space.probe().command("LPUSH", space.entry("c", "list"), "element");

    cache.clear();

    assertThat(cache.size()).isZero();
  }

  @Test
  void put_inAnotherDatabase_isNotHeard() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    RedisCache<String, String> cache = cache(space.manager("database=3"));
    cache.registerCacheEntryListener(listener.configuration(true, false));

    cache(space.manager()).put("elsewhere", "v");
    cache(space.manager("database=3")).put("here", "v");

    assertThat(listener.awaitCount(1, LIMIT))
        .extracting(RecordedEvent::key)
        .containsExactly("here");
  }

  @Test
  void register_afterTheLastListenerLeftAmidstABulk_hearsNothingOfBefore() {
    RedisCache<String, String> cache = cache(space.manager());
    RecordingListener<String, String> later = new RecordingListener<>();
    AtomicReference<CacheEntryListenerConfiguration<String, String>> own = new AtomicReference<>();
    CacheEntryCreatedListener<String, String> leaving =
        events -> cache.deregisterCacheEntryListener(own.get());
    own.set(new MutableCacheEntryListenerConfiguration<>(() -> leaving, null, false, true));
    cache.registerCacheEntryListener(own.get());

    cache.putAll(new TreeMap<>(Map.of("a", "1", "b", "2", "c", "3")));
    cache.registerCacheEntryListener(later.configuration(true, true));
    cache.put("d", "4");

    // what nobody has come for is told by a pool after a second, and by a sweep each quarter of one
    await()
        .during(Duration.ofSeconds(2))
        .untilAsserted(
            () -> assertThat(later.events()).extracting(each -> each.key()).containsExactly("d"));
  }

  @Test
  void put_manyFirstOnesOnAFrozenServer_failTogether() throws Exception {
    RedisCache<String, String> cache =
        cache(space.manager("command-timeout=300ms", "connect-timeout=300ms"));
    int threads = 12;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    server.freeze();
    try {
      long start = System.nanoTime();
      List<CompletableFuture<Void>> puts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String key = "k" + i;
        puts.add(CompletableFuture.runAsync(() -> cache.put(key, "v"), pool));
      }
      for (CompletableFuture<Void> put : puts) {
        assertThat(put).failsWithin(Duration.ofSeconds(30));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    } finally {
      server.thaw();
      pool.shutdownNow();
    }
  }

  @Test
  void register_frozenServer_waitsForItOnce_andHearsWhenItIsBack() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    RedisCache<String, String> writer = cache(space.manager());
    RedisCache<String, String> cache =
        cache(space.manager("command-timeout=500ms", "connect-timeout=500ms"));
    writer.put("k", "v");
    server.freeze();
    try {
      long start = System.nanoTime();
      cache.registerCacheEntryListener(listener.configuration(false, true));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(990));
    } finally {
      server.thaw();
    }
    RedisProbe probe = space.probe();
    await().until(() -> isAnnounced(probe, writer));
    await().until(() -> !listener.events().isEmpty());
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(20, TimeUnit.MILLISECONDS).atMost(LIMIT);
  }
}
