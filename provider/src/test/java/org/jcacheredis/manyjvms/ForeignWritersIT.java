// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.cache.event.EventType;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is heard of others than a second manager: other clients, other processes, servers that
 * refuse.
 */
class ForeignWritersIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private RedisServer server = RedisServer.start();
  private Space space = Space.on(server);
  private final RecordingListener<String, String> listener = new RecordingListener<>();

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private void useServer(String... arguments) {
    stop();
    server = RedisServer.start(arguments);
    space = Space.on(server);
  }

  private RedisCache<String, String> listening() {
    return Space.cache(
        space.manager(),
        "c",
        strings().addCacheEntryListenerConfiguration(listener.configuration(false, false)));
  }

  private static RedisCacheConfiguration<String, String> strings() {
    return new RedisCacheConfiguration<String, String>().setTypes(String.class, String.class);
  }

  private List<RecordedEvent<String, String>> heard(int count) {
    return listener.awaitCount(count, LIMIT);
  }

  @Test
  void set_ofAnotherClient_isHeardAsCreatedAndUpdated() {
    RedisCache<String, String> cache = listening();
    cache.put("other", "v");
    byte[] bytes = space.probe().get(entry("other"));
    space.probe().set(entry("k"), bytes);
    heard(2);
    space.probe().set(entry("k"), bytes);

    assertThat(heard(3))
        .extracting(RecordedEvent::type, RecordedEvent::key, RecordedEvent::value)
        .containsExactly(
            tuple(EventType.CREATED, "other", "v"),
            tuple(EventType.CREATED, "k", "v"),
            tuple(EventType.UPDATED, "k", "v"));
  }

  @Test
  void del_ofAnotherClient_isHeardAsRemoved() {
    RedisCache<String, String> cache = listening();
    cache.put("k", "v");
    space.probe().del(entry("k"));

    RecordedEvent<String, String> removed = heard(2).get(1);
    assertThat(removed.type()).isEqualTo(EventType.REMOVED);
    assertThat(removed.key()).isEqualTo("k");
    cache.put("k", "fence");
    assertThat(heard(3)).extracting(RecordedEvent::value).last().isEqualTo("fence");
  }

  @Test
  void clearAndDestroy_inAnotherJvm_areNotHeard() {
    RedisCache<String, String> cache = listening();
    RedisCache<String, String> elsewhere = Space.cache(space.manager(), "c", strings());
    elsewhere.putAll(Map.of("a", "1", "b", "2"));
    heard(2);

    elsewhere.clear();
    elsewhere.put("a", "3");
    assertThat(heard(3)).extracting(RecordedEvent::type).containsOnly(EventType.CREATED);
    elsewhere.getCacheManager().destroyCache("c");
    cache.put("a", "fence");

    assertThat(heard(4)).extracting(RecordedEvent::type).containsOnly(EventType.CREATED);
  }

  @Test
  void change_inAnotherProcess_isHeard() {
    listening();
    try (JavaProcess other = Jvm.start(space)) {
      other.send("put k v");
      other.awaitLine("done put k v");
      other.send("remove k");
      other.awaitLine("done remove k");
    }
    assertThat(heard(2))
        .extracting(RecordedEvent::type, RecordedEvent::key)
        .containsExactly(tuple(EventType.CREATED, "k"), tuple(EventType.REMOVED, "k"));
    assertThat(heard(2).get(0).value()).isEqualTo("v");
  }

  @Test
  void listener_inAnotherProcess_hears() {
    RedisCache<String, String> cache = Space.cache(space.manager(), "c", strings());
    try (JavaProcess other = Jvm.start(space, "events.queue=100")) {
      other.send("listen");
      other.awaitLine("done listen");
      cache.put("k", "v");
      cache.put("k", "w");
      cache.remove("k");
      other.awaitLine("heard CREATED k v null");
      other.awaitLine("heard UPDATED k w v");
      other.awaitLine("heard REMOVED k w w");
    }
  }

  @Test
  void configRefused_warnsOnceAndHearsTheProvider() {
    useServer("--rename-command", "CONFIG", "");
    try (CapturedLog log = CapturedLog.open()) {
      RedisCache<String, String> cache = listening();
      RedisCache<String, String> elsewhere = Space.cache(space.manager(), "c", strings());
      elsewhere.put("k", "v");
      elsewhere.put("k", "w");
      elsewhere.remove("k");

      assertThat(heard(3))
          .extracting(RecordedEvent::type)
          .containsExactly(EventType.CREATED, EventType.UPDATED, EventType.REMOVED);
      cache.registerCacheEntryListener(
          new RecordingListener<String, String>().configuration(true, true));
      assertThat(log.warnings("notify-keyspace-events"))
          .singleElement()
          .asString()
          .contains("CONFIG SET notify-keyspace-events");
    }
  }

  @Test
  void publishDenied_writesStillWork() {
    listening();
    space.probe().command("ACL", "SETUSER", "writer", "on", ">pw", "~*", "&*", "+@all", "-publish");
    URI uri = URI.create("redis://writer:pw@127.0.0.1:" + server.port());
    RedisCache<String, String> writer = Space.cache(space.manager(uri), "c", strings());

    writer.put("k", "v");
    writer.put("k", "w");
    assertThat(writer.getAndPut("k", "x")).isEqualTo("w");
    assertThat(writer.remove("k")).isTrue();
    assertThat(writer.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isFalse();

    // what the server itself tells
    assertThat(heard(4))
        .extracting(RecordedEvent::type)
        .containsExactly(
            EventType.CREATED, EventType.UPDATED, EventType.UPDATED, EventType.REMOVED);
  }

  @Test
  void notificationFlags_ofTheServer_areAddedToAndNeverRemoved() {
    RedisProbe probe = space.probe();
    probe.command("CONFIG", "SET", "notify-keyspace-events", "Elh");
    listening().put("k", "v");
    heard(1);
    assertThat(flags(probe)).contains("E", "l", "h", "K", "g", "$", "x");
    space.close();
    space = Space.on(server);
    try (RedisProbe again = RedisProbe.of(server)) {
      assertThat(flags(again)).contains("E", "l", "h", "K", "g", "$", "x");
    }
  }

  @Test
  void notificationFlags_ifNotToBeConfigured_areLeftAlone() {
    try (CapturedLog log = CapturedLog.open()) {
      Space.cache(
          space.manager("events.configure-server=false"),
          "c",
          strings().addCacheEntryListenerConfiguration(listener.configuration(true, true)));
      assertThat(flags(space.probe())).isEmpty();
      assertThat(log.warnings("notify-keyspace-events")).hasSize(1);
    }
  }

  private static String flags(RedisProbe probe) {
    List<?> reply = (List<?>) probe.command("CONFIG", "GET", "notify-keyspace-events");
    return String.valueOf(reply.get(1));
  }

  private byte[] entry(String key) {
    return space.entry("c", key).getBytes(UTF_8);
  }
}
