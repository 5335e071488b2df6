// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends that nobody tells of by himself are found all the same, whoever stored the entries. */
@NeedsFieldLifetimes
class ExpiredInHashesIT {
  private static final int ENTRIES = 20;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final ExpiryWatch here = new ExpiryWatch();
  private final ExpiryWatch elsewhere = new ExpiryWatch();

  @AfterEach
  void stop() {
    space.close();
    server.close();
  }

  private RedisCache<String, String> cache(String lifetime, String... settings) {
    String[] all = new String[settings.length + 3];
    System.arraycopy(settings, 0, all, 3, settings.length);
    all[0] = "caches.c.layout=hash";
    all[1] = "caches.c.expiry.created=" + lifetime;
    all[2] = "caches.c.expiry.updated=" + lifetime;
    return space.strings("c", all);
  }

  private void listen() {
    cache("1h").registerCacheEntryListener(here.configuration(true, false));
    cache("1h").registerCacheEntryListener(elsewhere.configuration(false, false));
  }

  private static void fill(RedisCache<String, String> cache) {
    for (int i = 0; i < ENTRIES; i++) {
      cache.put("k" + i, "v" + i);
    }
  }

  private void awaitAllOnce() {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> here.keys() == ENTRIES && elsewhere.keys() == ENTRIES);
    Awaitility.await()
        .during(Duration.ofMillis(1_200))
        .untilAsserted(
            () -> {
              assertThat(here.events()).isEqualTo(ENTRIES);
              assertThat(elsewhere.events()).isEqualTo(ENTRIES);
            });
  }

  @Test
  void entriesOfAJvmThatDidNotKnow_areTold() {
    RedisCache<String, String> quiet = cache("5s", "events.announce=false");
    listen();

    fill(quiet);

    awaitAllOnce();
  }

  @Test
  void entriesThatEndWhileTheServerTakesNoWrites_areToldAsSoonAsItDoes() {
    RedisCache<String, String> shortLived = cache("500ms");
    listen();
    fill(shortLived);

    space.probe().command("REPLICAOF", "127.0.0.1", "1");
    Awaitility.await().until(() -> !shortLived.containsKey("k" + (ENTRIES - 1)));
    Awaitility.await().during(Duration.ofSeconds(1)).until(() -> here.keys() == 0);
    space.probe().command("REPLICAOF", "NO", "ONE");

    awaitAllOnce();
  }
}
