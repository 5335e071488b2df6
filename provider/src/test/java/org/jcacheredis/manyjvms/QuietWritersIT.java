// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import javax.cache.event.EventType;
import org.awaitility.Awaitility;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not, or may not, announce what it writes: everybody hears of it once all the same. */
class QuietWritersIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<EventType> EXPECTED =
      List.of(EventType.CREATED, EventType.UPDATED, EventType.UPDATED, EventType.REMOVED);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private CacheManager denied(String... rights) {
    String[] words = new String[8 + rights.length];
    System.arraycopy(
        new String[] {"ACL", "SETUSER", "quiet", "on", ">pw", "~*", "&*", "+@all"}, 0, words, 0, 8);
    System.arraycopy(rights, 0, words, 8, rights.length);
    space.probe().command(words);
    return space.manager(URI.create("redis://quiet:pw@127.0.0.1:" + server.port()));
  }

  private CacheManager quiet(String how) {
    return how.equals("announce") ? space.manager("events.announce=false") : denied("-publish");
  }

  private static RedisCache<String, String> cache(CacheManager manager) {
    return Space.cache(manager, "c", Space.types(String.class, String.class));
  }

  private static void change(RedisCache<String, String> cache) {
    cache.put("k", "v");
    cache.put("k", "w");
    cache.putAll(Map.of("k", "x"));
    cache.remove("k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"announce", "publish"})
  void change_withoutAnnouncement_isHeardOnceInEach(String how) {
    RedisCache<String, String> writer = cache(quiet(how));
    RecordingListener<String, String> own = new RecordingListener<>();
    RecordingListener<String, String> other = new RecordingListener<>();
    writer.registerCacheEntryListener(own.configuration(true, false));
    cache(space.manager()).registerCacheEntryListener(other.configuration(true, false));

    change(writer);

    other.awaitCount(EXPECTED.size(), LIMIT);
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              assertThat(other.types()).isEqualTo(EXPECTED);
              assertThat(own.types()).isEqualTo(EXPECTED);
            });
  }

  @Test
  void subscribeDenied_cacheWorksWithoutEventsOfOthersAndWithoutATier() {
    try (CapturedLog log = CapturedLog.open()) {
      CacheManager manager = denied("-subscribe", "-psubscribe");
      RedisCache<String, String> cache =
          Space.cache(
              manager,
              "c",
              new org.jcacheredis.RedisCacheConfiguration<String, String>()
                  .setTypes(String.class, String.class)
                  .setting("local.enabled", true));
      RecordingListener<String, String> own = new RecordingListener<>();
      cache.registerCacheEntryListener(own.configuration(true, true));

      change(cache);

      own.awaitCount(EXPECTED.size(), LIMIT);
      assertThat(own.types()).isEqualTo(EXPECTED);
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
      assertThat(space.probe().commandsDuring(() -> cache.get("k"))).isNotEmpty();
      assertThat(log.warnings("subscribe")).isNotEmpty();
    }
  }
}
