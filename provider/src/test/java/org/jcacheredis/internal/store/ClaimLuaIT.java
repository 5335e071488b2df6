// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** claim.lua: the end of an entry is told once, with its value, or not at all. */
class ClaimLuaIT {
  private static final byte[] CHANNEL = "ClaimLuaIT:cache!events".getBytes(UTF_8);
  private static final KeyNames NAMES = KeyNames.entries("ClaimLuaIT", "cache");
  private static final EntryKey KEY = new EntryKey(new byte[] {'k', 0});
  private static final byte[] SHADOW = NAMES.shadows().name(KEY);
  private static final byte[] VALUE = {0, 1, -1};
  private static final long BRIEF = 20;
  private static final Announcing ANNOUNCING = new Announcing(CHANNEL, 7, 1, Set.of(Wish.SHADOW));

  private static RedisServer server;
  private static Redis redis;
  private static RedisProbe probe;
  private static Hearing hearing;

  private final EntryStore store = store(redis);

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KAn", "--enable-debug-command", "yes");
    redis = Connections.open(server);
    probe = RedisProbe.of(server);
    hearing = Hearing.of(server, CHANNEL, "ClaimLuaIT:cache:*");
  }

  @AfterAll
  static void stop() {
    hearing.close();
    probe.close();
    redis.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    probe.flush();
    hearing.sequence();
  }

  @Test
  void claim_ofAnExpiredEntry_tellsItsValueOnce() {
    expire(store);
    hearing.sequence();
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.TOLD);
    assertThat(hearing.announcements().stream().map(Told::of))
        .containsExactly(new Told(Kind.EXPIRED, 0, KEY, 0, null, Told.text(VALUE)));
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.CLAIMED);
    assertThat(hearing.announcements()).isEmpty();
    assertThat(probe.get(SHADOW)).isEqualTo(new byte[] {'t'});
    assertThat(probe.pttl(SHADOW)).isBetween(1L, 10_000L);
  }

  @Test
  void claim_whenThereIsAnEntryAgain_isOvertakenByOneWhoHasTold() {
    expire(store);
    put(store, 60_000);
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.OVERTAKEN);
    assertThat(hearing.announcements())
        .extracting(Announcement::kind)
        .containsExactly(Kind.CREATED, Kind.EXPIRED, Kind.CREATED);
  }

  @Test
  void claim_afterOneThatTold_letsTheNextEntryBeCreatedAlone() {
    expire(store);
    store.claimAll(List.of(KEY)).get(0);
    put(store, 60_000);
    assertThat(hearing.announcements())
        .extracting(Announcement::kind)
        .containsExactly(Kind.CREATED, Kind.EXPIRED, Kind.CREATED);
  }

  @Test
  void claim_withoutAShadow_isUnknown() {
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN);
    put(store, Lifetimes.ETERNAL);
    store.apply(new Change(KEY, Mutation.remove(), Lifetimes.of(Lifetimes.ZERO)));
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN);
  }

  @Test
  void claim_ofAnEntryThatSomebodyElseReplaced_doesNotTellTheOldValue() {
    put(store, 60_000);
    probe.set(NAMES.entries().name(KEY), new byte[] {9});
    probe.commandBytes("PEXPIRE".getBytes(UTF_8), NAMES.entries().name(KEY), new byte[] {'1'});
    awaitEnd();
    hearing.sequence();
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN);
    assertThat(hearing.announcements()).isEmpty();
  }

  @Test
  void claim_byAUserWhoMayNotPublish_leavesItToOthers() {
    expire(store);
    probe.command("ACL", "SETUSER", "quiet", "on", ">pw", "~*", "resetchannels", "+@all");
    URI uri = URI.create("redis://quiet:pw@127.0.0.1:" + server.port());
    try (Redis quiet = Connections.open(Connections.settings(uri, Duration.ofSeconds(5)))) {
      assertThat(store(quiet).claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN);
    }
    assertThat(store.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.TOLD);
  }

  @Test
  void claim_whereNobodyListens_asksNobody() {
    EntryStore unheard = new KeysLayout(redis, NAMES, Audience.NONE, 10);
    assertThat(
            probe.commandsDuring(
                () -> assertThat(unheard.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN)))
        .isEmpty();
  }

  @Test
  void create_overAnEntryThatHasExpired_tellsOfBothInOrder() {
    expire(store);
    assertThat(hearing.sequence()).containsExactly("CREATED", "new", "set", "expire", "expired");
    put(store, Lifetimes.ETERNAL);
    assertThat(hearing.sequence()).containsExactly("EXPIRED", "CREATED", "new", "set");
    assertThat(probe.get(SHADOW)).isNull();
  }

  @Test
  void remainingAll_ofWhatIsDue_makesItExpire() {
    probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    try {
      put(store, BRIEF);
      hearing.sequence();
      await().until(() -> store.remainingAll(List.of(KEY)).get(0) == null);
      assertThat(hearing.sequence()).containsExactly("expired");
    } finally {
      probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "1");
    }
  }

  private static EntryStore store(Redis redis) {
    return new KeysLayout(redis, NAMES, () -> ANNOUNCING, 10);
  }

  private static void expire(EntryStore store) {
    put(store, BRIEF);
    awaitEnd();
  }

  private static void awaitEnd() {
    await().until(() -> !probe.exists(NAMES.entries().name(KEY)));
  }

  private static void put(EntryStore store, long lifetime) {
    store.apply(new Change(KEY, Mutation.store(VALUE), Lifetimes.of(lifetime)));
  }
}
