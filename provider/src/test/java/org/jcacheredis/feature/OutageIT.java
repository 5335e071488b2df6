// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A server that is gone, silent or unreachable: every call ends in time, and says what it knows.
 */
@EveryLayout
class OutageIT {
  /** The operation timeout, and what a busy machine may add. */
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final String[] IMPATIENT = {
    "connect-timeout=200ms", "command-timeout=200ms", "operation-timeout=1s", "pool.max-wait=200ms"
  };

  @AutoClose private final RedisServer server = RedisServer.start();
  @AutoClose private final FaultProxy proxy = FaultProxy.before(server);

  @Test
  void operations_onAServerThatWasKilled_failAndWorkAgainAfterItsRestart() {
    try (Space space = Space.on(server)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      server.kill();
      allFail(cache, server);
      server.restart();

      allWork(cache);
    }
  }

  @Test
  void operations_onAServerThatWasKilledWhileConnected_failOnceAtMost() {
    try (Space space = Space.on(server)) {
      RedisCache<String, Long> cache = numbers(space);
      Crew.together(8, i -> () -> cache.get("k" + i)); // eight dead connections in the pool

      server.restart();
      Throwable first = catchThrowable(() -> cache.put("k", 1L));

      if (first != null) {
        assertIsTold("put", first, server);
      }
      cache.put("k", 1L);
      assertThat(cache.get("k")).isEqualTo(1);
    }
  }

  @Test
  void operations_onAFrozenServer_failAndWorkAgainWhenItThaws() {
    try (Space space = Space.on(server)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      server.freeze();
      try {
        allFail(cache, server);
      } finally {
        server.thaw();
      }

      allWork(cache);
    }
  }

  @Test
  void operations_whoseRepliesAreLost_failAndWorkAgainAfterwards() {
    try (Space space = Space.on(proxy)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      proxy.dropReplies();
      allFail(cache, proxy);
      proxy.heal();

      allWork(cache);
    }
  }

  @Test
  void operations_onAServerThatRefusesConnections_failAndWorkAgainAfterwards() {
    try (Space space = Space.on(proxy)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      proxy.refuse();
      allFail(cache, proxy);
      proxy.heal();

      allWork(cache);
    }
  }

  @Test
  void put_whoseReplyIsLost_saysThatItMayHaveHappened() {
    try (Space space = Space.on(proxy)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      proxy.dropReplies();
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put("k", 2L))
          .withMessage(
              "cache 'c': no answer from %s within 200 ms; the entry may or may not be stored"
                  .formatted(proxy.uri()));
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put("k", 3L))
          .withMessageContaining("nothing was changed"); // it found no connection
      proxy.heal();

      assertThat(cache.get("k")).isEqualTo(2);
    }
  }

  @Test
  void get_overConnectionsThatWereCut_isRepeated() {
    try (Space space = Space.on(proxy)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);
      Crew.together(8, i -> () -> cache.get("k"));

      proxy.cut();

      assertThat(cache.get("k")).isEqualTo(1);
      proxy.cut();
      assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", 1L));
    }
  }

  @Test
  void put_overAConnectionThatWasCut_isNeverRepeated() {
    try (Space space = Space.on(proxy)) {
      RedisCache<String, Long> cache = numbers(space);
      cache.put("k", 1L);

      proxy.cut();

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put("k", 2L))
          .withMessageContaining("cache 'c': the connection to " + proxy.uri() + " broke")
          .withMessageContaining("the entry may or may not be stored");
      cache.put("k", 3L);
      assertThat(cache.get("k")).isEqualTo(3);
    }
  }

  @Test
  void getAll_withMoreThreadsThanConnections_saysWhichSettingToRaise() {
    try (Space space = Space.on(server);
        Crew crew = new Crew()) {
      RedisCache<String, Long> cache =
          Space.cache(
              space.manager("pool.max-size=1", "pool.max-wait=50ms", "command-timeout=2s"),
              "c",
              Space.types(String.class, Long.class));
      cache.getAll(Set.of("k"));
      server.freeze();
      try {
        var holds = crew.begin(() -> catchThrowable(() -> cache.getAll(Set.of("k"))));
        Awaitility.await()
            .pollInterval(10, TimeUnit.MILLISECONDS)
            .untilAsserted(
                () ->
                    assertThatExceptionOfType(CacheException.class)
                        .isThrownBy(() -> cache.getAll(Set.of("k")))
                        .withMessageContaining("cache 'c': no free connection to " + server.uri())
                        .withMessageContaining("raise pool.max-size or pool.max-wait"));
        server.thaw();
        Crew.result(holds);
      } finally {
        server.thaw();
      }
    }
  }

  @Test
  void put_writeThroughWithoutAServer_hasWrittenAndTellsTheCaller() {
    RecordingWriter<String, Long> writer = new RecordingWriter<>();
    try (Space space = Space.on(server)) {
      RedisCache<String, Long> cache =
          Space.cache(
              space.manager(IMPATIENT),
              "c",
              Space.types(String.class, Long.class)
                  .setWriteThrough(true)
                  .setCacheWriterFactory(writer.factory()));
      cache.put("k", 1L);

      server.kill();
      assertIsTold("put", catchThrowable(() -> cache.put("k", 2L)), server);
      assertThat(writer.database()).isEqualTo(Map.of("k", 2L));
      assertIsTold("putAll", catchThrowable(() -> cache.putAll(Map.of("k", 3L))), server);
      assertThat(writer.database()).isEqualTo(Map.of("k", 3L));
      assertIsTold("remove", catchThrowable(() -> cache.remove("k")), server);
      assertThat(writer.database()).isEmpty();
      server.restart();

      cache.put("k", 4L);
      assertThat(writer.database()).isEqualTo(Map.of("k", 4L));
      assertThat(cache.get("k")).isEqualTo(4);
    }
  }

  @Test
  void get_whenTheServerDiesDuringTheLoad_tellsTheCaller() {
    try (Space space = Space.on(server)) {
      RecordingLoader<String, Long> loader =
          RecordingLoader.of(
              key -> {
                server.kill();
                return 1L;
              });
      RedisCache<String, Long> cache =
          Space.cache(
              space.manager(IMPATIENT),
              "c",
              Space.types(String.class, Long.class)
                  .setReadThrough(true)
                  .setCacheLoaderFactory(loader.factory()));

      assertIsTold("get", catchThrowable(() -> cache.get("k")), server);

      server.restart();
      assertThat(cache.containsKey("k")).isFalse();
    }
  }

  private static RedisCache<String, Long> numbers(Space space) {
    RecordingLoader<String, Long> loader = RecordingLoader.of(key -> 1L);
    return Space.cache(
        space.manager(IMPATIENT),
        "c",
        Space.types(String.class, Long.class).setCacheLoaderFactory(loader.factory()));
  }

  private static void allFail(RedisCache<String, Long> cache, RedisEndpoint server) {
    Operations.ALL.forEach(
        (name, operation) -> {
          long start = System.nanoTime();
          Throwable thrown = catchThrowable(() -> operation.accept(cache));
          assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThan(DEADLINE);
          assertIsTold(name, thrown, server);
        });
  }

  private static void assertIsTold(String operation, Throwable thrown, RedisEndpoint server) {
    assertThat(thrown)
        .as(operation)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'c'")
        .hasMessageContaining(server.uri().toString());
  }

  private static void allWork(RedisCache<String, Long> cache) {
    cache.put("k", 7L);
    assertThat(cache.get("k")).isEqualTo(7);
    Operations.ALL.forEach(
        (name, operation) ->
            assertThat(catchThrowable(() -> operation.accept(cache))).as(name).isNull());
  }
}
