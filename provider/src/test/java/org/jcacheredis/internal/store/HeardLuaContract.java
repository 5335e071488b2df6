// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * apply.lua behind heard.lua, in each layout: what it says, in which order, and what becomes of the
 * shadow.
 */
abstract class HeardLuaContract {
  private static final byte[] CHANNEL = "HeardLua:cache!events".getBytes(UTF_8);
  static final EntryKey KEY = new EntryKey(new byte[] {'k', 0, -1, ':'});
  private static final long NODE = 0x00ff_0000_7f80_0001L;
  private static final long ID = (1L << 53) + 1;
  static final long GRACE = 10_000;
  static final Set<Wish> SHADOWS = Set.of(Wish.SHADOW);

  private static RedisServer server;
  private static Redis redis;
  private static RedisProbe probe;

  /** Of the place. */
  private Hearing hearing;

  private final Place place = place(probe, "HeardLua", "cache");

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
    prepare(Presence.ABSENT, Set.of());
    hearing = Hearing.of(server, CHANNEL, place.notified());
  }

  final Hearing hearing() {
    return hearing;
  }

  @AfterEach
  void deafen() {
    hearing.close();
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
        .forEach(
            corner -> {
              prepare(corner.presence(), wishes);
              check(corner, wishes);
            });
  }

  /**
   * Another lifetime alone is nothing to tell, and without shadows nothing to be done by a script.
   */
  static boolean isNative(Corner corner, Set<Wish> wishes) {
    return corner.mutation().kind() == Mutation.Kind.TOUCH && !wishes.contains(Wish.SHADOW);
  }

  /** Whether it has to be announced that an entry ends sooner. */
  abstract boolean tellsSooner();

  final void check(Corner corner, Set<Wish> wishes) {
    hearing.announcements();
    Outcome outcome = apply(corner.change(KEY), wishes);
    assertThat(outcome.kind()).as("%s", corner).isEqualTo(corner.outcome());
    List<Told> told = hearing.announcements().stream().map(Told::of).toList();
    assertThat(told).as("%s", corner).isEqualTo(expected(corner, wishes));
    boolean isOwn = !told.isEmpty() && told.get(0).id() == ID;
    assertThat(outcome.announced()).as("%s", corner).isEqualTo(isOwn ? ID : 0);
    assertThat(place.stored(KEY)).as("%s", corner).isEqualTo(corner.stored());
    assertThat(Stored.at(probe, place.shadow(KEY)))
        .as("%s", corner)
        .isEqualTo(shadow(corner, wishes));
  }

  private List<Told> expected(Corner corner, Set<Wish> wishes) {
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
      case FOUND ->
          tellsSooner() && corner.endsSooner()
              ? List.of(
                  new Told(
                      Kind.SHORTENED, Announcement.FOREIGN, KEY, lifetimes.onAccess(), null, null))
              : List.of();
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

  /** All that is heard of a change. */
  final List<String> sequence(Change change) {
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
    assertThat(Stored.at(probe, place.shadow(KEY)))
        .isEqualTo(Stored.of(Stored.shadowOf(Corner.NEW), 70_000));
  }

  @Test
  void create_overAShadowThatWasToldOrRemovedEarly_tellsOfNoEnd() {
    keepShadow('t', GRACE - 1);
    apply(store(60_000), SHADOWS);
    place.drop(KEY);
    apply(store(60_000), SHADOWS);
    assertThat(hearing.announcements())
        .extracting(Announcement::kind)
        .containsExactly(Kind.CREATED, Kind.CREATED);
  }

  @Test
  void apply_thatStoresNothing_leavesTheShadowToTheClaim() {
    keepShadow('v', GRACE - 1);
    assertThat(apply(store(Lifetimes.ZERO), SHADOWS).is(Outcome.Kind.NOT_STORED)).isTrue();
    assertThat(apply(remove(), SHADOWS).is(Outcome.Kind.ABSENT)).isTrue();
    assertThat(hearing.announcements()).isEmpty();
    assertThat(probe.get(place.shadow(KEY))).isEqualTo(Stored.shadowOf(Corner.OLD));
  }

  /** The longest that there are. */
  abstract LongStream longestLifetimes();

  @Test
  void store_withAHugeLifetime_isToldToTheDigit() {
    longestLifetimes().forEach(this::storeForLong);
  }

  private void storeForLong(long lifetime) {
    prepare(Presence.ABSENT, Set.of());
    hearing.announcements();
    apply(store(lifetime), SHADOWS);
    assertThat(hearing.announcements().get(0).lifetime()).isEqualTo(lifetime);
    assertThat(place.left(KEY)).isBetween(lifetime - 60_000, lifetime);
    assertThat(probe.pttl(place.shadow(KEY))).isGreaterThan(lifetime);
    apply(store(Lifetimes.UNCHANGED), SHADOWS);
    assertThat(probe.pttl(place.shadow(KEY))).isGreaterThan(place.left(KEY));
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
        Plan plan = Plan.of(place.placing(), change, announcing(SHADOWS));
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
      assertThat(place.stored(KEY)).isEqualTo(Stored.of(Corner.NEW, 60_000));
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
    assertThat(place.stored(KEY)).isEqualTo(Stored.of(Corner.NEW, 60_000));
  }

  static Change store(long lifetime) {
    return new Change(KEY, Mutation.store(Corner.NEW), Lifetimes.of(lifetime));
  }

  static Change remove() {
    return new Change(KEY, Mutation.remove(), Lifetimes.of(Lifetimes.ZERO));
  }

  final Outcome apply(Change change, Set<Wish> wishes) {
    Plan plan = Plan.of(place.placing(), change, announcing(wishes));
    return plan.reading().apply(redis.call(plan.command()));
  }

  private static Announcing announcing(Set<Wish> wishes) {
    return new Announcing(CHANNEL, NODE, ID, wishes);
  }

  final void prepare(Presence presence, Set<Wish> wishes) {
    place.prepare(KEY, presence);
    probe.del(place.shadow(KEY));
    if (presence == Presence.TIMED && wishes.contains(Wish.SHADOW)) {
      keepShadow('v', Corner.BEFORE + GRACE);
    }
  }

  final void keepShadow(char mark, long lifetime) {
    byte[] shadow = Stored.shadowOf(Corner.OLD);
    shadow[0] = (byte) mark;
    probe.set(place.shadow(KEY), shadow);
    probe.commandBytes(
        "PEXPIRE".getBytes(UTF_8), place.shadow(KEY), Long.toString(lifetime).getBytes(UTF_8));
  }
}
