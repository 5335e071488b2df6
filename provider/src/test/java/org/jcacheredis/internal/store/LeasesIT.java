// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Leases.Lease;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LeasesIT {
  private static final EntryKey KEY = new EntryKey("k".getBytes(UTF_8));
  private static final String NAME = "LeasesIT:cache!load:k";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(150);

  private static Redis redis;
  private static RedisProbe probe;

  private final Leases ours = leases(LONG);
  private final Leases theirs = leases(LONG);

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
  }

  @AfterEach
  void clean() {
    probe.del(NAME);
  }

  @AfterAll
  static void close() {
    probe.close();
    redis.close();
  }

  @Test
  void take_freeLease_keepsATokenWithALifetime() {
    assertThat(ours.take(KEY)).isNotNull();
    assertThat(probe.get(NAME)).matches("[0-9a-f-]{36}");
    assertThat(probe.pttl(NAME)).isBetween(LONG.toMillis() / 2, LONG.toMillis());
  }

  @Test
  void take_heldLease_isRefusedToAll() {
    assertThat(ours.take(KEY)).isNotNull();
    assertThat(theirs.take(KEY)).isNull();
    assertThat(ours.take(KEY)).isNull();
  }

  @Test
  void release_byItsHolder_freesIt() {
    taken(ours).release();
    assertThat(probe.exists(NAME)).isFalse();
    assertThat(theirs.take(KEY)).isNotNull();
  }

  @Test
  void release_afterItWasLost_leavesTheNewHolderAlone() {
    Lease lost = taken(ours);
    probe.del(NAME);
    Lease current = taken(theirs);
    lost.release();
    assertThat(probe.exists(NAME)).isTrue();
    assertThat(lost.renew()).isFalse();
    assertThat(current.renew()).isTrue();
  }

  @Test
  void renew_byItsHolder_startsTheTimeAnew() {
    Lease lease = taken(ours);
    probe.command("PEXPIRE", NAME, "5000");
    assertThat(lease.renew()).isTrue();
    assertThat(probe.pttl(NAME)).isBetween(LONG.toMillis() / 2, LONG.toMillis());
  }

  @Test
  void renew_afterItsEnd_isFalseAndTakesNothing() {
    Lease lease = taken(ours);
    probe.del(NAME);
    assertThat(lease.renew()).isFalse();
    assertThat(probe.exists(NAME)).isFalse();
  }

  @Test
  void lease_ofADeadHolder_endsByTheServersClock() {
    taken(leases(SHORT));
    await().atMost(Duration.ofSeconds(5)).until(() -> theirs.take(KEY) != null);
  }

  @Test
  void await_heldLease_getsItWhenItEnds() {
    taken(leases(SHORT));
    assertThat(theirs.await(KEY, inMillis(5_000))).isNotNull();
  }

  @Test
  void await_heldBeyondTheDeadline_givesUpInTime() {
    taken(ours);
    long start = System.nanoTime();
    assertThat(theirs.await(KEY, inMillis(100))).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(2));
  }

  @Test
  void await_freeLease_getsItEvenAfterTheDeadline() {
    assertThat(ours.await(KEY, inMillis(-100))).isNotNull();
  }

  @Test
  void await_interrupted_givesUpAndStaysInterrupted() {
    taken(ours);
    Thread.currentThread().interrupt();
    assertThat(theirs.await(KEY, inMillis(60_000))).isNull();
    assertThat(Thread.interrupted()).isTrue();
  }

  private static long inMillis(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static Lease taken(Leases leases) {
    return Objects.requireNonNull(leases.take(KEY));
  }

  private static Leases leases(Duration ttl) {
    return new Leases(
        new KeysLayout(redis, KeyNames.aside("LeasesIT", "cache", "load"), Audience.NONE, 100),
        ttl);
  }
}
