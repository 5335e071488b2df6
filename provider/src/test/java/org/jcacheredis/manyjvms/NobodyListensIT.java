// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What changes cost while nobody listens: nothing is published, and no script is run. */
@EveryLayout
class NobodyListensIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A killed JVM says nothing; the others ask the server now and then. */
  private static final Duration NEXT_LOOK = Duration.ofSeconds(20);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final RedisProbe probe = space.probe();

  /** With lifetimes that one command sets, in each layout. */
  private final RedisCache<String, String> writer =
      space.strings("c", "caches.c.expiry.created=1h", "caches.c.expiry.updated=1h");

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private Map<String, Long> commandsOf(int puts) {
    return probe.commandsDuring(
        () -> {
          for (int i = 0; i < puts; i++) {
            writer.put("k" + i % 100, "v" + i);
          }
        });
  }

  private void assertThatPutsAreSilent() {
    assertThat(commandsOf(1_000))
        .containsAnyOf(Map.entry("set", 1_000L), Map.entry("hsetex", 1_000L))
        .doesNotContainKeys("publish", "evalsha", "eval");
  }

  /** At least: managers also tell each other who listens. */
  private void assertThatPutsArePublished() {
    assertThat(commandsOf(10).get("publish")).isGreaterThanOrEqualTo(10);
  }

  @Test
  void puts_withoutListeners_publishNothing() {
    writer.put("k", "asks who listens");
    assertThatPutsAreSilent();
  }

  @Test
  void puts_afterTheLastListenerIsGone_publishNothing() {
    RedisCache<String, String> elsewhere = space.strings("c");
    var configuration = new RecordingListener<String, String>().configuration(true, true);
    writer.put("k", "asks who listens");
    elsewhere.registerCacheEntryListener(configuration);
    assertThatPutsArePublished();

    elsewhere.deregisterCacheEntryListener(configuration);

    awaitSilence(SOON);
    assertThatPutsAreSilent();
  }

  /** Neither says that it leaves. */
  @Test
  void puts_afterOneListeningJvmIsClosedAndOneKilled_publishNothing() {
    RedisCache<String, String> elsewhere = space.strings("c");
    elsewhere.registerCacheEntryListener(
        new RecordingListener<String, String>().configuration(false, false));
    try (JavaProcess other = Jvm.start(space)) {
      other.send("listen");
      other.awaitLine("done listen");
      assertThatPutsArePublished();
    }
    elsewhere.getCacheManager().close();

    awaitSilence(NEXT_LOOK);
    assertThatPutsAreSilent();
  }

  @Test
  void puts_toOtherCachesThanTheOneListenedTo_publishNothing() {
    RedisCache<String, String> other = space.strings("other");
    other.registerCacheEntryListener(
        new RecordingListener<String, String>().configuration(true, true));
    writer.put("k", "asks who listens");
    assertThatPutsAreSilent();
  }

  private void awaitSilence(Duration limit) {
    Awaitility.await().atMost(limit).until(() -> !commandsOf(1).containsKey("publish"));
  }
}
