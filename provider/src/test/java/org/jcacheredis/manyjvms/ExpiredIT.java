// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries that expire are told of in time, once in each JVM that listens, and only if they do. */
class ExpiredIT {
  private static final int SHORT_LIVED = 200;
  private static final int LONG_LIVED = 200_000;
  private static final Duration LIFETIME = Duration.ofMillis(1_500);
  private static final Duration LATEST = Duration.ofSeconds(3);
  private static final double MOST_LATE_MILLIS = 2_000;

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final RedisCache<String, String> lasting = cache("1h");
  private final RedisCache<String, String> shortLived = cache(LIFETIME.toMillis() + "ms");
  private final ExpiryWatch here = new ExpiryWatch();
  private final ExpiryWatch elsewhere = new ExpiryWatch();

  @AfterEach
  void stop() {
    space.probe().flush();
    space.close();
    server.close();
  }

  /** The same cache in a manager of its own, which gives its entries this lifetime. */
  private RedisCache<String, String> cache(String lifetime) {
    return space.strings(
        "c", "caches.c.expiry.created=" + lifetime, "caches.c.expiry.updated=" + lifetime);
  }

  /** The same cache in a manager whose reads give an entry this lifetime. */
  private RedisCache<String, String> touching(String lifetime) {
    return space.strings("c", "caches.c.expiry.accessed=" + lifetime);
  }

  private void listen(boolean oldValueRequired) {
    shortLived.registerCacheEntryListener(here.configuration(true, oldValueRequired));
    cache("1h").registerCacheEntryListener(elsewhere.configuration(false, oldValueRequired));
  }

  private void fill() {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < LONG_LIVED; i++) {
      entries.put("long" + i, "v");
    }
    lasting.putAll(entries);
  }

  /** Puts the entries and says when each is to end. */
  private Map<String, Long> putShortLived(int count) {
    Map<String, Long> ends = new HashMap<>();
    for (int i = 0; i < count; i++) {
      shortLived.put("short" + i, "v" + i);
      ends.put("short" + i, System.nanoTime() + LIFETIME.toNanos());
    }
    return ends;
  }

  private static ConditionFactory await(Duration limit) {
    return Awaitility.await().pollInterval(20, TimeUnit.MILLISECONDS).atMost(limit);
  }

  private void awaitBoth(int count) {
    BooleanSupplier all = () -> here.keys() >= count && elsewhere.keys() >= count;
    await(LIFETIME.plus(LATEST)).until(all::getAsBoolean);
    // none comes twice
    await(LATEST)
        .during(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(here.events()).isEqualTo(count);
              assertThat(elsewhere.events()).isEqualTo(count);
            });
  }

  private void assertTimely(String what, Map<String, Long> ends) {
    Spread late = Spread.of(here.lateness(ends));
    Spread lateElsewhere = Spread.of(elsewhere.lateness(ends));
    Report.say("EXPIRED after the end, " + what + ", own JVM " + late);
    Report.say("EXPIRED after the end, " + what + ", other JVM " + lateElsewhere);
    assertThat(late.millis(1)).isLessThan(MOST_LATE_MILLIS);
    assertThat(lateElsewhere.millis(1)).isLessThan(MOST_LATE_MILLIS);
  }

  @EveryLayout
  @Test
  void fewShortLived_amongManyLongLived_areToldInTimeWithTheirValues() {
    fill();
    listen(true);

    Map<String, Long> ends = putShortLived(SHORT_LIVED);

    awaitBoth(SHORT_LIVED);
    assertTimely(SHORT_LIVED + " of " + LONG_LIVED, ends);
    ends.keySet()
        .forEach(
            key -> {
              String value = "v" + key.substring("short".length());
              assertThat(here.of(key).get(0).value()).as(key).isEqualTo(value);
              assertThat(here.of(key).get(0).oldValue()).as(key).isEqualTo(value);
              assertThat(elsewhere.of(key).get(0).oldValue()).as(key).isEqualTo(value);
            });
  }

  @EveryLayout
  @Test
  void entriesOfBeforeTheListener_amongManyLongLived_areToldInTime() {
    fill();
    Map<String, Long> ends = putShortLived(SHORT_LIVED);

    listen(false);

    awaitBoth(SHORT_LIVED);
    assertTimely("registered afterwards", ends);
  }

  @Test
  void entriesThatAnotherClientWrote_areToldInTime() {
    listen(true);
    lasting.put("sample", "v");
    RedisProbe probe = space.probe();
    String bytes = probe.get(space.entry("c", "sample"));
    Map<String, Long> ends = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      probe.command("SET", space.entry("c", "short" + i), bytes, "PX", "1000");
      ends.put("short" + i, System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
    }

    probe.command("SET", space.entry("c", "kept"), bytes, "PX", "1000");
    probe.command("PERSIST", space.entry("c", "kept"));

    awaitBoth(20);
    assertTimely("of another client", ends);
    assertThat(here.of("kept")).isEmpty();
  }

  @EveryLayout
  @Test
  void entriesThatEndSoonerByBeingRead_areToldInTime() {
    listen(true);
    RedisCache<String, String> touching = touching(LIFETIME.toMillis() + "ms");
    Map<String, Long> ends = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      lasting.put("k" + i, "v");
      touching.get("k" + i);
      ends.put("k" + i, System.nanoTime() + LIFETIME.toNanos());
    }

    awaitBoth(20);
    assertTimely("that end sooner", ends);
  }

  @EveryLayout
  @Test
  void entriesThatAreCleared_areNeverTold() {
    listen(true);
    putShortLived(50);

    lasting.clear();

    shortLived.put("last", "v");
    awaitBoth(1);
    assertThat(here.of("last")).hasSize(1);
  }

  /** Who does not hear does not ask: it would make the others tell it of nothing. */
  @EveryLayout
  @Test
  void entriesThatEndAfterTheConnectionWasLost_areTold() {
    listen(true);
    putShortLived(20);

    space.probe().killSubscribers();

    awaitBoth(20);
  }

  @EveryLayout
  @Test
  void entriesOverwrittenOrTouchedMeanwhile_areNeverTold() {
    listen(true);
    RedisCache<String, String> touching = touching("1h");
    putShortLived(50);
    for (int i = 0; i < 40; i++) {
      String key = "short" + i;
      switch (i % 4) {
        case 0 -> lasting.put(key, "lasting");
        case 1 -> lasting.replace(key, "lasting");
        case 2 -> touching.get(key);
        default -> {
          lasting.remove(key);
          lasting.put(key, "lasting");
        }
      }
    }

    awaitBoth(10);
    for (int i = 0; i < 50; i++) {
      assertThat(here.of("short" + i)).as("short" + i).hasSize(i < 40 ? 0 : 1);
    }
  }
}
