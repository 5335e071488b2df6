// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** claim.lua, in each layout: the end of an entry is told once, with its value, or not at all. */
abstract class ClaimLuaContract {
  private static final byte[] CHANNEL = "ClaimLua:cache!events".getBytes(UTF_8);
  static final EntryKey KEY = new EntryKey(new byte[] {'k', 0});
  private static final byte[] VALUE = {0, 1, -1};
  static final long BRIEF = 20;
  private static final Announcing ANNOUNCING = new Announcing(CHANNEL, 7, 1, Set.of(Wish.SHADOW));

  private static RedisServer server;
  private static Redis redis;
  static RedisProbe probe;

  /** Of the place. */
  Hearing hearing;

  final Place place = place(probe, "ClaimLua", "cache");
  final EntryStore store = store(redis);

  /** Where the entries are. */
  abstract Place place(RedisProbe onServer, String namespace, String cache);

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KAn", "--enable-debug-command", "yes");
    redis = Connections.open(server);
    probe = RedisProbe.of(server);
  }

  @AfterAll
  static void stop() {
    probe.close();
    redis.close();
    server.close();
  }

  @BeforeEach
  void listen() {
    probe.flush();
    hearing = Hearing.of(server, CHANNEL, place.notified());
  }

  @AfterEach
  void deafen() {
    hearing.close();
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
    assertThat(probe.get(place.shadow(KEY))).isEqualTo(new byte[] {'t'});
    assertThat(probe.pttl(place.shadow(KEY))).isBetween(1L, 10_000L);
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
    place.set(KEY, new byte[] {9}, 1);
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
    EntryStore unheard = place.store(redis, Audience.NONE, 10);
    assertThat(
            probe.commandsDuring(
                () -> assertThat(unheard.claimAll(List.of(KEY)).get(0)).isEqualTo(Claim.UNKNOWN)))
        .isEmpty();
  }

  @Test
  void create_overAnEntryThatHasExpired_tellsOfBothInOrder() {
    expire(store);
    put(store, Lifetimes.ETERNAL);
    assertThat(hearing.announcements())
        .extracting(Announcement::kind)
        .containsExactly(Kind.CREATED, Kind.EXPIRED, Kind.CREATED);
    assertThat(probe.get(place.shadow(KEY))).isNull();
  }

  @Test
  void claim_whenTheServerHasNoMemoryLeft_tellsOnceAllTheSame() {
    expire(store);
    hearing.announcements();
    probe.command("CONFIG", "SET", "maxmemory", "1");
    try {
      assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.TOLD);
      assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.CLAIMED);
    } finally {
      probe.command("CONFIG", "SET", "maxmemory", "0");
    }
    assertThat(hearing.announcements()).hasSize(1);
  }

  @Test
  void claim_whenTheServerTakesNoWrites_isToldAsSoonAsItDoes() {
    expire(store);
    hearing.announcements();
    probe.command("REPLICAOF", "127.0.0.1", "1");
    try {
      assertThatThrownBy(() -> store.claimAll(List.of(KEY))).hasMessageContaining("READONLY");
    } finally {
      probe.command("REPLICAOF", "NO", "ONE");
    }
    assertThat(hearing.announcements()).isEmpty();
    assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.TOLD);
  }

  @Test
  void claim_afterClear_isUnknown() {
    put(store, BRIEF);
    put(store, 60_000);
    store.clear();
    hearing.announcements();
    assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.UNKNOWN);
    assertThat(hearing.announcements()).isEmpty();
  }

  static Redis redis() {
    return redis;
  }

  private EntryStore store(Redis by) {
    return place.store(by, () -> ANNOUNCING, 10);
  }

  final void expire(EntryStore store) {
    put(store, BRIEF);
    awaitEnd();
  }

  final void awaitEnd() {
    await().until(() -> place.left(KEY) == -2);
  }

  static void put(EntryStore store, long lifetime) {
    store.apply(new Change(KEY, Mutation.store(VALUE), Lifetimes.of(lifetime)));
  }
}
