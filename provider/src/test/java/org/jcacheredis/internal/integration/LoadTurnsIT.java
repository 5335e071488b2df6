// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Audience;
import org.jcacheredis.internal.store.KeyNames;
import org.jcacheredis.internal.store.KeysLayout;
import org.jcacheredis.internal.store.Leases;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of a turn when its lease cannot be renewed. */
class LoadTurnsIT {
  private static final EntryKey KEY = new EntryKey("k".getBytes(UTF_8));
  private static final String LEASE = "LoadTurnsIT:cache!load:k";

  @AutoClose private final Redis redis = Connections.open(TestServers.shared());
  @AutoClose private final RedisProbe probe = RedisProbe.of(TestServers.shared());

  @AutoClose("shutdownNow")
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  private final LoadTurns turns =
      new LoadTurns(
          new Leases(
              new KeysLayout(
                  redis, KeyNames.aside("LoadTurnsIT", "cache", "load"), Audience.NONE, 100),
              Duration.ofMillis(600)),
          Duration.ofSeconds(5),
          timer);

  @Test
  void take_whenTheTimerIsClosed_loadsAndGivesTheLeaseBack() {
    timer.shutdownNow();

    assertThat(turns.<String>take(KEY, () -> null, () -> "loaded")).isEqualTo("loaded");

    assertThat(probe.exists(LEASE)).isFalse();
  }

  @Test
  void renewal_afterOneThatFailed_goesOn() {
    assertThat(turns.<String>take(KEY, () -> null, this::loadPastAFailure)).isEqualTo("loaded");

    assertThat(probe.exists(LEASE)).isFalse();
  }

  private String loadPastAFailure() {
    String token = probe.get(LEASE);
    long failures = failures();
    // a value of another type makes the server refuse the renewal
    probe.command("DEL", LEASE);
    probe.command("LPUSH", LEASE, "x");
    Awaitility.await().until(() -> failures() > failures);
    probe.command("DEL", LEASE);
    probe.command("SET", LEASE, String.valueOf(token), "PX", "600");
    Awaitility.await()
        .during(1200, TimeUnit.MILLISECONDS)
        .atMost(Duration.ofSeconds(10))
        .until(() -> probe.exists(LEASE));
    return "loaded";
  }

  private long failures() {
    return probe.info("errorstats").values().stream()
        .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")))
        .sum();
  }
}
