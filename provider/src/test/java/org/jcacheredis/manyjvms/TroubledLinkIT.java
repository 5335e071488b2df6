// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links that are not broken, but say nothing, or say it late. */
class TroubledLinkIT {
  private static final int KEYS = 50;

  private final RedisServer server = RedisServer.start();
  private final FaultProxy proxy = FaultProxy.before(server);
  private final Space space = Space.on(server);
  private final RedisCache<String, String> plain = space.strings("c");

  @AfterEach
  void stop() {
    server.thaw();
    space.close();
    proxy.close();
    server.close();
  }

  private RedisCache<String, String> near(String maxStaleness) {
    return Space.cache(
        space.manager(proxy.uri(), "command-timeout=300ms"),
        "c",
        new RedisCacheConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setStatisticsEnabled(true)
            .setting("local.enabled", true)
            .setting("local.max-staleness", maxStaleness));
  }

  private static ConditionFactory await(Duration limit) {
    return Awaitility.await().pollInterval(10, TimeUnit.MILLISECONDS).atMost(limit);
  }

  private void keep(RedisCache<String, String> cache) {
    for (int i = 0; i < KEYS; i++) {
      plain.put("k" + i, "v");
    }
    await(Duration.ofSeconds(10))
        .until(
            () -> {
              for (int i = 0; i < KEYS; i++) {
                cache.get("k" + i);
              }
              return Beans.count(cache, "LocalEntries") == KEYS;
            });
  }

  @Test
  void serverThatFreezes_isNoticedWithinMaxStaleness() {
    RedisCache<String, String> cache = near("500ms");
    keep(cache);

    server.freeze();
    long frozen = System.nanoTime();
    await(Duration.ofSeconds(5)).until(() -> Beans.count(cache, "LocalEntries") == 0);

    Report.say("max-staleness 500 ms, server frozen, tier empty after " + millisSince(frozen));
    assertThat(millisSince(frozen)).isLessThan(1_000);
    server.thaw();
    keep(cache);
  }

  /** The server lives and takes writes: what is kept here would be stale. */
  @Test
  void networkThatFreezes_isNoticedWithinMaxStaleness() {
    RedisCache<String, String> cache = near("500ms");
    keep(cache);

    proxy.freeze();
    long frozen = System.nanoTime();
    plain.put("k0", "w");
    await(Duration.ofSeconds(5)).until(() -> Beans.count(cache, "LocalEntries") == 0);

    Report.say("max-staleness 500 ms, network frozen, tier empty after " + millisSince(frozen));
    assertThat(millisSince(frozen)).isLessThan(1_000);
    proxy.heal();
    await(Duration.ofSeconds(10)).ignoreExceptions().until(() -> "w".equals(cache.get("k0")));
  }

  @Test
  void repliesThatAreLost_areNoticedWithinMaxStaleness() {
    RedisCache<String, String> cache = near("500ms");
    keep(cache);

    proxy.dropReplies();
    long lost = System.nanoTime();
    plain.put("k0", "w");
    await(Duration.ofSeconds(5)).until(() -> Beans.count(cache, "LocalEntries") == 0);

    assertThat(millisSince(lost)).isLessThan(1_000);
    proxy.heal();
    await(Duration.ofSeconds(10)).ignoreExceptions().until(() -> "w".equals(cache.get("k0")));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** A server does not keep any number of messages for who does not read them. */
  @Test
  void jvmThatIsFrozenUntilTheServerDropsIt_isNotStaleAfterwards() {
    RedisProbe probe = space.probe();
    probe.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1mb 1mb 1");
    plain.put("k", "v");
    try (JavaProcess other = Jvm.start(space, "local.enabled=true")) {
      other.send("listen");
      other.awaitLine("done listen");
      other.send("get k");
      other.awaitLine("got v");
      int connected = probe.subscribers().size();

      other.freeze();
      plain.put("k", "w");
      String large = "x".repeat(500_000);
      await(Duration.ofSeconds(20))
          .until(
              () -> {
                plain.put("large", large);
                return probe.subscribers().size() < connected;
              });
      other.thaw();

      other.awaitLine(line -> line.contains("hears of changes is lost"));
      other.send("get k");
      assertThat(other.awaitLine(line -> line.equals("got w"))).isNotNull();
    }
  }
}
