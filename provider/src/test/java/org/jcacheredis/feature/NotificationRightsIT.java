// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import javax.cache.event.EventType;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users with the right to some patterns of keyspace notifications, or to none. */
class NotificationRightsIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final RecordingListener<String, String> listener = new RecordingListener<>();

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private RedisCache<String, String> listeningWith(String... patterns) {
    String[] command = {
      "ACL",
      "SETUSER",
      "app",
      "on",
      ">pw",
      "~*",
      "+@all",
      "resetchannels",
      "&" + channels("!*"),
      "&" + channels(":*")
    };
    space.probe().command(command);
    for (String pattern : patterns) {
      space.probe().command("ACL", "SETUSER", "app", "&__keyspace@0__:" + pattern);
    }
    URI uri = URI.create("redis://app:pw@127.0.0.1:" + server.port());
    RedisCache<String, String> cache =
        Space.cache(space.manager(uri), "c", Space.types(String.class, String.class));
    cache.registerCacheEntryListener(listener.configuration(false, true));
    return cache;
  }

  private String channels(String rest) {
    return space.namespace() + rest;
  }

  @EveryLayout
  @Test
  void register_noRightToNotifications_hearsWhatIsAnnounced() {
    RedisCache<String, String> cache = listeningWith();
    RedisCache<String, String> elsewhere = space.strings("c");

    elsewhere.put("k", "v");
    elsewhere.put("k", "w");

    assertThat(listener.awaitCount(2, LIMIT))
        .extracting(RecordedEvent::type)
        .containsExactly(EventType.CREATED, EventType.UPDATED);
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void register_rightToTheNamespaceAlone_hearsForeignWriters() {
    RedisCache<String, String> cache = listeningWith(channels(":*"));
    cache.put("k", "v");

    space.probe().del(space.entry("c", "k"));

    assertThat(listener.awaitCount(2, LIMIT))
        .extracting(RecordedEvent::type)
        .containsExactly(EventType.CREATED, EventType.REMOVED);
  }

  @EveryLayout
  @Test
  void register_noRightToPublish_hearsOwnChangesOnce() {
    space.probe().command("ACL", "SETUSER", "app", "on", ">pw", "~*", "&*", "+@all", "-publish");
    URI uri = URI.create("redis://app:pw@127.0.0.1:" + server.port());
    RedisCache<String, String> cache =
        Space.cache(space.manager(uri), "c", Space.types(String.class, String.class));
    cache.registerCacheEntryListener(listener.configuration(true, true));

    cache.put("k", "v");
    cache.put("k", "w");
    cache.remove("k");
    RedisCache<String, String> elsewhere = space.strings("c");
    elsewhere.put("k", "fence");

    assertThat(listener.awaitCount(4, LIMIT))
        .extracting(RecordedEvent::type)
        .containsExactly(
            EventType.CREATED, EventType.UPDATED, EventType.REMOVED, EventType.CREATED);
    assertThat(listener.events()).last().extracting(RecordedEvent::value).isEqualTo("fence");
  }
}
