// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.cache.CacheManager;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Crew;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From when on a listener hears of others, and until when. */
class RegistrationIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TIMES = 10;

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private RedisCache<String, Long> cache() {
    return Space.cache(space.manager(), "c", Space.types(String.class, Long.class));
  }

  /** What others begin to write after the registration has returned is heard, all of it. */
  @EveryLayout
  @Test
  void register_whileOthersWrite_missesNothingAfterwards() {
    List<RedisCache<String, Long>> writers = List.of(cache(), cache());
    RedisCache<String, Long> listening = cache();
    AtomicBoolean ends = new AtomicBoolean();
    List<AtomicLong> begun = List.of(new AtomicLong(), new AtomicLong());
    try (Crew crew = new Crew()) {
      List<Future<Long>> writing =
          List.of(
              crew.begin(() -> write("k0", writers.get(0), begun.get(0), ends)),
              crew.begin(() -> write("k1", writers.get(1), begun.get(1), ends)));
      RecordingListener<String, Long> listener = new RecordingListener<>();
      for (int i = 0; i < TIMES; i++) {
        listener = listenFor(listening, begun);
      }
      ends.set(true);
      writing.forEach(Crew::result);
      assertThat(listener.events()).isNotEmpty();
    }
  }

  /** More and more caches that are listened to change what the connection subscribes to. */
  @Test
  void register_forManyCaches_losesAndRepeatsNothingOfTheOthers() {
    CacheManager manager = space.manager();
    RecordingListener<String, Long> listener = new RecordingListener<>();
    RedisCache<String, Long> first =
        Space.cache(manager, "c", Space.types(String.class, Long.class));
    first.registerCacheEntryListener(listener.configuration(false, false));
    first.put("sample", 1L);
    AtomicBoolean ends = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      Future<Long> writing = crew.begin(() -> writePastTheProvider(ends));
      for (int i = 0; i < 40; i++) {
        Space.cache(manager, "c" + i, Space.types(String.class, Long.class))
            .registerCacheEntryListener(
                new RecordingListener<String, Long>().configuration(false, false));
      }
      ends.set(true);
      int written = Math.toIntExact(Crew.result(writing));
      first.put("last", 1L);
      Awaitility.await()
          .until(() -> listener.events().stream().anyMatch(event -> event.key().equals("last")));
      listener.awaitCount(written + 2, LIMIT);
      assertThat(listener.events()).extracting(RecordedEvent::key).doesNotHaveDuplicates();
      assertThat(listener.events()).hasSize(written + 2);
    }
  }

  private long writePastTheProvider(AtomicBoolean ends) {
    long written = 0;
    try (RedisProbe probe = RedisProbe.of(server)) {
      byte[] value = probe.get(space.entry("c", "sample").getBytes(UTF_8));
      while (!ends.get() || written < 100) {
        probe.set(space.entry("c", "w" + written++).getBytes(UTF_8), value);
      }
    }
    return written;
  }

  private static RecordingListener<String, Long> listenFor(
      RedisCache<String, Long> cache, List<AtomicLong> begun) {
    RecordingListener<String, Long> listener = new RecordingListener<>();
    var configuration = listener.configuration(false, false);
    cache.registerCacheEntryListener(configuration);
    // those of this number may have been under way
    List<Long> first = begun.stream().map(number -> number.get() + 1).toList();
    listener.awaitCount(200, LIMIT);
    cache.deregisterCacheEntryListener(configuration);
    for (int writer = 0; writer < begun.size(); writer++) {
      String key = "k" + writer;
      List<Long> heard =
          listener.events().stream()
              .filter(event -> event.key().equals(key))
              .map(RecordedEvent::value)
              .toList();
      long from = first.get(writer);
      List<Long> since = heard.stream().filter(number -> number >= from).toList();
      assertThat(since).isEqualTo(LongStream.range(from, from + since.size()).boxed().toList());
    }
    return listener;
  }

  private static long write(
      String key, RedisCache<String, Long> cache, AtomicLong begun, AtomicBoolean ends) {
    while (!ends.get()) {
      cache.put(key, begun.incrementAndGet());
    }
    return begun.get();
  }
}
