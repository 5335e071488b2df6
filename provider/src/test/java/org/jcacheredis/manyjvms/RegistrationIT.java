// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Crew;
import org.jcacheredis.feature.Space;
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
