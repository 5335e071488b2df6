// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** apply.lua behind heard.lua: what it says, in which order, and what becomes of the shadow. */
class HeardLuaIT {
  private static final byte[] CHANNEL = "HeardLuaIT:cache!events".getBytes(UTF_8);
  private static final KeyNames NAMES = KeyNames.entries("HeardLuaIT", "cache");
  private static final EntryKey KEY = new EntryKey(new byte[] {'k', 0, -1, ':'});
  private static final byte[] ENTRY = NAMES.entries().name(KEY);
  private static final byte[] SHADOW = NAMES.shadows().name(KEY);
  private static final long NODE = 0x00ff_0000_7f80_0001L;
  private static final long ID = (1L << 53) + 1;
  private static final long GRACE = 10_000;
  private static final Set<Wish> SHADOWS = Set.of(Wish.SHADOW);

  private static RedisServer server;
  private static Redis redis;
  private static RedisProbe probe;
  private static Hearing hearing;

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KAn");
    redis = Connections.open(server);
    probe = RedisProbe.of(server);
    hearing = Hearing.of(server, CHANNEL, "HeardLuaIT:cache:*");
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
    prepare(Presence.ABSENT, Set.of());
    hearing.sequence();
  }

  static Stream<Set<Wish>> wishes() {
    return Stream.of(
        Set.of(),
        Set.of(Wish.OLD_VALUE),
        SHADOWS,
        Set.of(Wish.OLD_VALUE, Wish.SHADOW, Wish.ACKNOWLEDGEMENT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void apply_inEachCorner_isToldOnceAsItIsDone(Set<Wish> wishes) {
    Corner.all()
        .filter(corner -> !isNative(corner, wishes))
        .forEach(corner -> check(corner, wishes));
  }

  /**
   * Another lifetime alone is nothing to tell, and without shadows nothing to be done by a script.
   */
  private static boolean isNative(Corner corner, Set<Wish> wishes) {
    return corner.mutation().kind() == Mutation.Kind.TOUCH && !wishes.contains(Wish.SHADOW);
  }

  private static void check(Corner corner, Set<Wish> wishes) {
    prepare(corner.presence(), wishes);
    hearing.announcements();
    Outcome outcome = apply(corner.change(KEY), wishes);
    assertThat(outcome.kind()).as("%s", corner).isEqualTo(corner.outcome());
    List<Told> told = hearing.announcements().stream().map(Told::of).toList();
    assertThat(told).as("%s", corner).isEqualTo(expected(corner, wishes));
    boolean isOwn = !told.isEmpty() && told.get(0).kind() != Kind.SILENT;
    assertThat(outcome.announced()).as("%s", corner).isEqualTo(isOwn ? ID : 0);
    assertThat(Stored.at(probe, ENTRY)).as("%s", corner).isEqualTo(corner.stored());
    assertThat(Stored.at(probe, SHADOW)).as("%s", corner).isEqualTo(shadow(corner, wishes));
  }

  private static List<Told> expected(Corner corner, Set<Wish> wishes) {
    boolean old = wishes.contains(Wish.OLD_VALUE);
    Lifetimes lifetimes = corner.lifetimes();
    Mutation.Kind kind = corner.mutation().kind();
    return switch (corner.outcome()) {
      case CREATED -> told(Kind.CREATED, lifetimes.onCreation(), Corner.NEW, false);
      case UPDATED -> told(Kind.UPDATED, lifetimes.onUpdate(), Corner.NEW, old);
      case EXPIRED ->
          kind == Mutation.Kind.STORE
              ? told(Kind.UPDATED_AND_EXPIRED, 0, Corner.NEW, old)
              : told(Kind.EXPIRED, 0, null, old || wishes.contains(Wish.SHADOW));
      case REMOVED ->
          kind == Mutation.Kind.DISCARD
              ? List.of(new Told(Kind.SILENT, Announcement.FOREIGN, KEY, 0, null, null))
              : told(Kind.REMOVED, 0, null, old);
      default -> List.of();
    };
  }

  private static List<Told> told(Kind kind, long lifetime, byte @Nullable [] value, boolean old) {
    String previous = old ? Told.text(Corner.OLD) : null;
    return List.of(new Told(kind, ID, KEY, lifetime, Told.text(value), previous));
  }

  private static Stored shadow(Corner corner, Set<Wish> wishes) {
    Stored before =
        corner.presence() == Presence.TIMED && wishes.contains(Wish.SHADOW)
            ? Stored.of(Stored.shadowOf(Corner.OLD), Corner.BEFORE + GRACE)
            : Stored.NOTHING;
    return switch (corner.outcome()) {
      case REFUSED, ABSENT, NOT_STORED -> before;
      case REMOVED, EXPIRED -> Stored.NOTHING;
      default -> wishes.contains(Wish.SHADOW) ? followed(corner) : Stored.NOTHING;
    };
  }

  private static Stored followed(Corner corner) {
    long lifetime = corner.lifetime();
    byte[] value = corner.outcome() == Outcome.Kind.FOUND ? Corner.OLD : Corner.NEW;
    return lifetime == Lifetimes.ETERNAL
        ? Stored.NOTHING
        : Stored.of(Stored.shadowOf(value), lifetime + GRACE);
  }

  @Test
  void apply_ofEachKind_isToldBeforeItsNotifications() {
    assertThat(sequence(store(1_000_000))).containsExactly("CREATED", "new", "set", "expire");
    assertThat(sequence(store(Lifetimes.UNCHANGED))).containsExactly("UPDATED", "set");
    assertThat(sequence(Change.touch(KEY, 2_000_000))).containsExactly("expire");
    assertThat(sequence(store(Lifetimes.ETERNAL))).containsExactly("UPDATED", "set");
    assertThat(sequence(store(Lifetimes.ZERO))).containsExactly("UPDATED_AND_EXPIRED", "del");
    assertThat(sequence(store(Lifetimes.ETERNAL))).containsExactly("CREATED", "new", "set");
    assertThat(sequence(Change.expiry(KEY))).containsExactly("EXPIRED", "del");
    apply(store(Lifetimes.ETERNAL), SHADOWS);
    assertThat(sequence(Change.discard(KEY))).containsExactly("SILENT", "del");
    assertThat(sequence(Change.discard(KEY))).isEmpty();
  }

  private static List<String> sequence(Change change) {
    hearing.sequence();
    apply(change, SHADOWS);
    return hearing.sequence();
  }

  @Test
  void create_overALiveShadow_tellsOfTheEndBefore() {
    keepShadow('v', GRACE - 1);
    apply(store(60_000), SHADOWS);
    assertThat(hearing.announcements().stream().map(Told::of))
        .containsExactly(
            new Told(Kind.EXPIRED, 0, KEY, 0, null, Told.text(Corner.OLD)),
            new Told(Kind.CREATED, ID, KEY, 60_000, Told.text(Corner.NEW), null));
    assertThat(Stored.at(probe, SHADOW)).isEqualTo(Stored.of(Stored.shadowOf(Corner.NEW), 70_000));
  }

  @Test
  void create_overAShadowThatWasToldOrRemovedEarly_tellsOfNoEnd() {
    keepShadow('t', GRACE - 1);
    assertThat(sequence(store(60_000))).containsExactly("CREATED", "new", "set", "expire");
    probe.del(ENTRY); // by somebody who knows of no shadow
    assertThat(sequence(store(60_000))).containsExactly("CREATED", "new", "set", "expire");
  }

  @Test
  void apply_thatStoresNothing_leavesTheShadowToTheClaim() {
    keepShadow('v', GRACE - 1);
    assertThat(apply(store(Lifetimes.ZERO), SHADOWS).is(Outcome.Kind.NOT_STORED)).isTrue();
    assertThat(apply(remove(), SHADOWS).is(Outcome.Kind.ABSENT)).isTrue();
    assertThat(hearing.announcements()).isEmpty();
    assertThat(probe.get(SHADOW)).isEqualTo(Stored.shadowOf(Corner.OLD));
  }

  @ParameterizedTest
  @ValueSource(longs = {100_000_000_000_001L, (1L << 53) + 1, Long.MAX_VALUE >> 2})
  void store_withAHugeLifetime_isToldToTheDigit(long lifetime) {
    apply(store(lifetime), SHADOWS);
    assertThat(hearing.announcements().get(0).lifetime()).isEqualTo(lifetime);
    assertThat(probe.pttl(ENTRY)).isBetween(lifetime - 60_000, lifetime);
    assertThat(probe.pttl(SHADOW)).isGreaterThan(lifetime);
    apply(store(Lifetimes.UNCHANGED), SHADOWS);
    assertThat(probe.pttl(SHADOW)).isGreaterThan(probe.pttl(ENTRY));
  }

  @Test
  void apply_afterScriptFlush_isSentWithItsSource() {
    probe.command("SCRIPT", "FLUSH");
    assertThat(apply(store(60_000), SHADOWS).announced()).isEqualTo(ID);
    assertThat(apply(store(60_000), Set.of()).announced()).isEqualTo(ID);
    assertThat(hearing.announcements()).hasSize(2);
  }

  @Test
  void apply_byAUserWhoMayNotPublish_writesUnannounced() {
    probe.command("ACL", "SETUSER", "quiet", "on", ">pw", "~*", "resetchannels", "+@all");
    URI uri = URI.create("redis://quiet:pw@127.0.0.1:" + server.port());
    try (Redis quiet = Connections.open(Connections.settings(uri, Duration.ofSeconds(5)))) {
      for (Change change : List.of(store(60_000), store(90_000), remove())) {
        Plan plan = Plan.of(new InKeys(NAMES), change, announcing(SHADOWS));
        Outcome outcome = plan.reading().apply(quiet.call(plan.command()));
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.announced()).isEqualTo(Outcome.NOT_ANNOUNCED);
      }
    }
    assertThat(hearing.announcements()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void store_whenTheServerHasNoMemoryLeft_isRefusedUntold(Set<Wish> wishes) {
    apply(store(60_000), wishes);
    hearing.announcements();
    probe.command("CONFIG", "SET", "maxmemory", "1");
    try {
      assertThatThrownBy(() -> apply(store(90_000), wishes))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("OOM");
      assertThat(hearing.announcements()).isEmpty();
      assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, 60_000));
      assertThat(apply(remove(), wishes).is(Outcome.Kind.REMOVED)).isTrue();
      assertThat(hearing.announcements()).hasSize(1);
    } finally {
      probe.command("CONFIG", "SET", "maxmemory", "0");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void apply_whenTheServerIsAReplica_isRefusedUntold(Set<Wish> wishes) {
    apply(store(60_000), wishes);
    hearing.announcements();
    probe.command("REPLICAOF", "127.0.0.1", "1");
    try {
      for (Change change : List.of(store(90_000), remove(), Change.expiry(KEY))) {
        assertThatThrownBy(() -> apply(change, wishes)).hasMessageContaining("READONLY");
      }
    } finally {
      probe.command("REPLICAOF", "NO", "ONE");
    }
    assertThat(hearing.announcements()).isEmpty();
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, 60_000));
  }

  private static Change store(long lifetime) {
    return new Change(KEY, Mutation.store(Corner.NEW), Lifetimes.of(lifetime));
  }

  private static Change remove() {
    return new Change(KEY, Mutation.remove(), Lifetimes.of(Lifetimes.ZERO));
  }

  private static Outcome apply(Change change, Set<Wish> wishes) {
    Plan plan = Plan.of(new InKeys(NAMES), change, announcing(wishes));
    return plan.reading().apply(redis.call(plan.command()));
  }

  private static Announcing announcing(Set<Wish> wishes) {
    return new Announcing(CHANNEL, NODE, ID, wishes);
  }

  private static void prepare(Presence presence, Set<Wish> wishes) {
    presence.prepare(probe, ENTRY);
    probe.del(SHADOW);
    if (presence == Presence.TIMED && wishes.contains(Wish.SHADOW)) {
      keepShadow('v', Corner.BEFORE + GRACE);
    }
  }

  private static void keepShadow(char mark, long lifetime) {
    byte[] shadow = Stored.shadowOf(Corner.OLD);
    shadow[0] = (byte) mark;
    probe.set(SHADOW, shadow);
    probe.commandBytes("PEXPIRE".getBytes(UTF_8), SHADOW, Long.toString(lifetime).getBytes(UTF_8));
  }
}
