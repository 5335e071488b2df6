// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.internal.store.ProcessLuaIT.Body;
import org.jcacheredis.internal.store.ProcessLuaIT.Case;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** process.lua behind heard.lua, in each layout: the net effect is told of, and nothing else. */
abstract class ProcessHeardContract {
  private static final byte[] CHANNEL = "ProcessHeard:cache!events".getBytes(UTF_8);
  static final EntryKey KEY = new EntryKey(new byte[] {'k', 0});
  private static final long ID = Long.MAX_VALUE;
  private static final long GRACE = 10_000;
  private static final Lifetimes LIFETIMES = new Lifetimes(60_000, 90_000, 120_000);

  private static RedisServer server;
  private static Redis redis;
  private static RedisProbe probe;
  private static Hearing hearing;

  private final Place place = place(probe, "ProcessHeard", "cache");

  /** Where the entries are. */
  abstract Place place(RedisProbe onServer, String namespace, String cache);

  /** Whether it has to be announced that an entry ends sooner. */
  abstract boolean tellsSooner();

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KAn", "--enable-debug-command", "yes");
    redis = Connections.open(server);
    probe = RedisProbe.of(server);
    hearing = Hearing.of(server, CHANNEL, "ProcessHeard:none");
  }

  @AfterAll
  static void stop() {
    hearing.close();
    probe.close();
    redis.close();
    server.close();
  }

  static Stream<Set<Wish>> wishes() {
    return HeardLuaContract.wishes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void process_inEachCase_tellsTheNetEffect(Set<Wish> wishes) {
    ProcessLuaIT.cases()
        .forEach(
            expected -> {
              prepare(expected.presence());
              check(expected, wishes);
            });
  }

  final void check(Case expected, Set<Wish> wishes) {
    hearing.announcements();
    List<Reply> reply = run(expected.body().lua(), expected.lifetimes(), wishes);
    List<Told> told = hearing.announcements().stream().map(Told::of).toList();
    assertThat(reply.get(0).text()).isEqualTo(expected.outcome().name());
    assertThat(reply.get(3).text()).isEqualTo("r");
    assertThat(told).as("%s", expected).isEqualTo(told(expected, wishes));
    assertThat(Announcing.id(reply, 4))
        .isEqualTo(told.isEmpty() || told.get(0).id() != ID ? 0 : ID);
    assertThat(place.stored(KEY)).as("%s", expected).isEqualTo(expected.stored());
    if (wishes.contains(Wish.SHADOW)) {
      assertThat(Stored.at(probe, place.shadow(KEY)))
          .as("%s", expected)
          .isEqualTo(shadow(expected));
    }
  }

  private List<Told> told(Case expected, Set<Wish> wishes) {
    boolean old = wishes.contains(Wish.OLD_VALUE);
    boolean end = old || wishes.contains(Wish.SHADOW);
    Lifetimes lifetimes = expected.lifetimes();
    return switch (expected.outcome()) {
      case CREATED -> List.of(told(Kind.CREATED, lifetimes.onCreation(), Corner.NEW, false));
      case UPDATED -> List.of(told(Kind.UPDATED, lifetimes.onUpdate(), Corner.NEW, old));
      case REMOVED -> List.of(told(Kind.REMOVED, 0, null, old));
      case EXPIRED ->
          expected.body() == Body.NOTHING
              ? List.of(told(Kind.EXPIRED, 0, null, end))
              : List.of(told(Kind.UPDATED_AND_EXPIRED, 0, Corner.NEW, old));
      case FOUND ->
          tellsSooner() && wishes.contains(Wish.SHADOW) && expected.endsSooner()
              ? List.of(
                  new Told(
                      Kind.SHORTENED, Announcement.FOREIGN, KEY, lifetimes.onAccess(), null, null))
              : List.of();
      default -> List.of();
    };
  }

  private static Told told(Kind kind, long lifetime, byte @Nullable [] value, boolean old) {
    String previous = old ? Told.text(Corner.OLD) : null;
    return new Told(kind, ID, KEY, lifetime, Told.text(value), previous);
  }

  /** The shadow of what is there afterwards; an entry that was not written has its old one. */
  private Stored shadow(Case expected) {
    boolean isWritten =
        expected.outcome() != Outcome.Kind.FOUND
            || expected.lifetimes().onAccess() != Lifetimes.UNCHANGED;
    byte[] value = expected.outcome() == Outcome.Kind.FOUND ? Corner.OLD : Corner.NEW;
    long pttl = place.left(KEY);
    return isWritten && pttl > 0 ? Stored.of(Stored.shadowOf(value), pttl + GRACE) : Stored.NOTHING;
  }

  @Test
  void body_seesNothingOfTheAnnouncement() {
    prepare(Presence.ETERNAL);
    String body = "return cjson.encode({#KEYS, #ARGV, type(tell), type(key), type(head), #args})";
    assertThatThrownBy(() -> run(body, LIFETIMES, Set.of()))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("tell");
    List<Reply> reply = run("return #KEYS * 100 + #ARGV * 10 + #args", LIFETIMES, Set.of());
    assertThat(reply.get(3).integer()).isEqualTo(171);
  }

  @Test
  void body_thatFailsOrDeclines_isNotToldOf() {
    prepare(Presence.ETERNAL);
    hearing.announcements();
    assertThatThrownBy(() -> run("entry:put('x') error('broken')", LIFETIMES, Set.of()))
        .hasMessageContaining("broken");
    List<Reply> declined = run("entry:put('x') entry:decline()", LIFETIMES, Set.of());
    assertThat(declined.get(0).text()).isEqualTo("DECLINED");
    assertThat(hearing.announcements()).isEmpty();
  }

  @Test
  void touch_ofAHugeLifetime_isToldToTheDigit() {
    prepare(Presence.ABSENT);
    hearing.announcements();
    run("entry:put('x') entry:touch(35184372088831)", LIFETIMES, Set.of(Wish.SHADOW));
    assertThat(hearing.announcements().get(0).lifetime()).isEqualTo((1L << 45) - 1);
    assertThat(probe.pttl(place.shadow(KEY))).isGreaterThan((1L << 45) - 1);
  }

  private List<Reply> run(String body, Lifetimes lifetimes, Set<Wish> wishes) {
    Command command =
        place
            .placing()
            .script(ProcessLuaIT.program(body), KEY, new Announcing(CHANNEL, 7, ID, wishes))
            .with("bytes")
            .with(new byte[0])
            .with(1 << 20)
            .with(lifetimes.onCreation())
            .with(lifetimes.onUpdate())
            .with(lifetimes.onAccess())
            .with(Corner.NEW);
    return redis.call(command).elements();
  }

  final void prepare(Presence presence) {
    place.prepare(KEY, presence);
    probe.del(place.shadow(KEY));
  }
}
