// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The frame around a Lua processor's body: its net effect, lifetimes, reply, refusals. */
class ProcessLuaIT {
  private static final byte[] ENTRY = "ProcessLuaIT:entry".getBytes(UTF_8);
  private static final byte[] NEIGHBOUR = "ProcessLuaIT:entry2".getBytes(UTF_8);
  private static final long ACCESS = 120_000;
  private static final byte[] NO_HEADER = {};
  private static final long LONGEST = 1 << 20;
  private static final Lifetimes LIFETIMES = new Lifetimes(60_000, 90_000, ACCESS);

  private static Redis redis;
  private static RedisProbe probe;

  enum Net {
    NOTHING,
    STORE,
    REMOVE
  }

  /** A body and what remains of it. */
  enum Body {
    NOTHING("return 'r'", Net.NOTHING),
    STORE("entry:put(args[1]) return 'r'", Net.STORE),
    STORE_TWICE("entry:put('x') entry:put(args[1]) return 'r'", Net.STORE),
    REMOVE("entry:remove() return 'r'", Net.REMOVE),
    STORE_REMOVE("entry:put(args[1]) entry:remove() return 'r'", Net.REMOVE),
    REMOVE_STORE("entry:remove() entry:put(args[1]) return 'r'", Net.STORE);

    private final String lua;
    private final Net net;

    Body(String lua, Net net) {
      this.lua = lua;
      this.net = net;
    }

    String lua() {
      return lua;
    }
  }

  record Case(Body body, Presence presence, Lifetimes lifetimes) {
    Outcome.Kind outcome() {
      boolean there = presence.isThere();
      return switch (body.net) {
        case NOTHING ->
            there ? orExpired(lifetimes.onAccess(), Outcome.Kind.FOUND) : Outcome.Kind.ABSENT;
        case REMOVE -> there ? Outcome.Kind.REMOVED : Outcome.Kind.ABSENT;
        case STORE -> there ? orExpired(lifetimes.onUpdate(), Outcome.Kind.UPDATED) : created();
      };
    }

    private Outcome.Kind created() {
      return lifetimes.onCreation() == Lifetimes.ZERO
          ? Outcome.Kind.NOT_STORED
          : Outcome.Kind.CREATED;
    }

    private static Outcome.Kind orExpired(long lifetime, Outcome.Kind otherwise) {
      return lifetime == Lifetimes.ZERO ? Outcome.Kind.EXPIRED : otherwise;
    }

    Stored stored() {
      return switch (outcome()) {
        case CREATED -> Stored.of(Corner.NEW, lifetimes.onCreation());
        case UPDATED -> Stored.of(Corner.NEW, orBefore(lifetimes.onUpdate()));
        case FOUND -> Stored.of(Corner.OLD, orBefore(lifetimes.onAccess()));
        default -> Stored.NOTHING;
      };
    }

    private long orBefore(long lifetime) {
      long before = presence == Presence.TIMED ? Corner.BEFORE : Lifetimes.ETERNAL;
      return lifetime == Lifetimes.UNCHANGED ? before : lifetime;
    }
  }

  static Stream<Case> cases() {
    return Arrays.stream(Body.values())
        .flatMap(
            body ->
                Arrays.stream(Presence.values())
                    .flatMap(
                        presence ->
                            lifetimes().map(lifetimes -> new Case(body, presence, lifetimes))));
  }

  private static Stream<Lifetimes> lifetimes() {
    return longs(0, -1, 60_000)
        .flatMap(
            creation ->
                longs(0, -1, -2, 90_000)
                    .flatMap(
                        update ->
                            longs(0, -1, -2, ACCESS)
                                .map(access -> new Lifetimes(creation, update, access))));
  }

  private static Stream<Long> longs(long... values) {
    return LongStream.of(values).boxed();
  }

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
    Presence.TIMED.prepare(probe, NEIGHBOUR);
  }

  @AfterAll
  static void close() {
    probe.del(ENTRY);
    probe.del(NEIGHBOUR);
    probe.close();
    redis.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void process_inEachCase_appliesTheNetEffect(Case expected) {
    expected.presence.prepare(probe, ENTRY);
    List<Reply> reply = run(expected.body.lua, "bytes", NO_HEADER, expected.lifetimes, Corner.NEW);
    assertThat(reply.get(0).text()).isEqualTo(expected.outcome().name());
    assertThat(reply.get(1).bytes()).isEqualTo(expected.presence.isThere() ? Corner.OLD : null);
    assertThat(reply.get(2).bytes()).isEqualTo(expected.body.net == Net.STORE ? Corner.NEW : null);
    assertThat(reply.get(3).text()).isEqualTo("r");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(expected.stored());
    assertThat(Stored.at(probe, NEIGHBOUR)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void touch_withAnyEffect_winsOverThePolicy() {
    Presence.TIMED.prepare(probe, ENTRY);
    assertThat(outcome("entry:touch(150000)")).isEqualTo("FOUND");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, 150_000));
    assertThat(outcome("entry:put(args[1]) entry:touch(180000)")).isEqualTo("UPDATED");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, 180_000));
    assertThat(outcome("entry:touch(math.huge)")).isEqualTo("FOUND");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, -1));
    assertThat(outcome("entry:touch('150000.9')")).isEqualTo("FOUND");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, 150_000));
    assertThat(outcome("entry:touch(2 ^ 62)")).isEqualTo("FOUND");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.NEW, -1));
    probe.del(ENTRY);
    assertThat(outcome("entry:touch(150000)")).isEqualTo("ABSENT");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.NOTHING);
  }

  @Test
  void touch_ofAsLongAsCanBe_isKeptWholeAndMoreIsEternal() {
    Presence.TIMED.prepare(probe, ENTRY);
    long longest = (1L << 45) - 1;
    assertThat(outcome("entry:touch(2 ^ 45 - 1)")).isEqualTo("FOUND");
    assertThat(probe.pttl(ENTRY)).isBetween(longest - 60_000, longest);
    assertThat(outcome("entry:touch(2 ^ 45)")).isEqualTo("FOUND");
    assertThat(probe.pttl(ENTRY)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-1", "0", "0.9", "0/0", "-math.huge", "'soon'", "''", "nil", "{}"})
  void touch_ofNoLifetime_isAnErrorAndChangesNothing(String millis) {
    Presence.TIMED.prepare(probe, ENTRY);
    assertRefused("entry:put('x') entry:touch(" + millis + ")", "bytes", "entry:touch got '");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @ParameterizedTest
  @CsvSource({
    "100000000000002, 100000000000002",
    "-100000000000002, -100000000000002",
    "2 ^ 53 - 1, 9007199254740991",
    "-0.0, 0",
    "0.1, 0.10000000000000001",
    "2 ^ 60, 1.152921504606847e+18",
    "'''007''', 007"
  })
  void set_ofANumber_writesItsDigits(String value, String text) {
    probe.del(ENTRY);
    assertThat(text("entry:set(" + value + ")").get(0).text()).isEqualTo("CREATED");
    assertThat(probe.get(ENTRY)).isEqualTo(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "nil, a nil",
    "true, a boolean",
    "{}, a table",
    "0/0, a number that is not finite",
    "-math.huge, a number that is not finite"
  })
  void set_ofNoText_isAnErrorAndChangesNothing(String value, String fact) {
    Presence.TIMED.prepare(probe, ENTRY);
    assertRefused(
        "entry:set('x') entry:set(" + value + ")",
        "text",
        "entry:set got " + fact + "; expected a string or a finite number");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void set_withoutATextType_isAnErrorAndChangesNothing() {
    Presence.TIMED.prepare(probe, ENTRY);
    assertRefused(
        "entry:put('x') entry:set('y')",
        "bytes",
        "entry:set writes the text of a type and textType() names none;"
            + " store bytes with entry:put");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void put_ofNoBytes_isAnErrorAndChangesNothing() {
    Presence.TIMED.prepare(probe, ENTRY);
    assertRefused("entry:put(7)", "bytes", "entry:put got a number; expected bytes");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void decline_afterChanges_leavesEverythingAsItIs() {
    Presence.TIMED.prepare(probe, ENTRY);
    assertThat(outcome("entry:put('x') entry:touch(1) entry:decline()")).isEqualTo("DECLINED");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void text_withItsHeader_isReadAndWrittenBehindIt() {
    probe.set(ENTRY, new byte[] {0, 7, '4', '1'});
    String body = "entry:set(tonumber(entry.value) + 1) return entry.value";
    List<Reply> reply = run(body, "text", new byte[] {0, 7}, LIFETIMES);
    assertThat(reply.get(0).text()).isEqualTo("UPDATED");
    assertThat(reply.get(3).text()).isEqualTo("41");
    assertThat(probe.get(ENTRY)).isEqualTo(new byte[] {0, 7, '4', '2'});
  }

  @Test
  void text_withAnotherHeader_isDeclined() {
    Presence.TIMED.prepare(probe, ENTRY);
    List<Reply> reply = run("entry:set('x')", "text", new byte[] {0, 7}, LIFETIMES);
    assertThat(reply.get(0).text()).isEqualTo("DECLINED");
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void result_ofEachLuaType_arrives() {
    Presence.ETERNAL.prepare(probe, ENTRY);
    assertThat(result("return 7.9").raw()).isEqualTo(7L);
    assertThat(result("return true").raw()).isEqualTo(1L);
    assertThat(result("return false").isNil()).isTrue();
    assertThat(result("return nil").isNil()).isTrue();
    assertThat(result("local x = 1").isNil()).isTrue();
    assertThat(result("return entry.bytes").bytes()).isEqualTo(Corner.OLD);
    assertThat(result("return args[1]").bytes()).isEqualTo(Corner.NEW);
    assertThat(result("return #args").raw()).isEqualTo(1L);
  }

  @Test
  void body_thatFailsAfterChanges_leavesEverythingAsItIs() {
    Presence.TIMED.prepare(probe, ENTRY);
    assertThatThrownBy(() -> outcome("entry:put('x') error('broken')"))
        .isInstanceOf(RedisException.class)
        .hasMessageStartingWith("cache 'orders': ")
        .hasMessageContaining("broken")
        .satisfies(
            e -> assertThat(((RedisException) e).fate()).isEqualTo(RedisException.Fate.NOT_DONE));
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  @Test
  void body_afterScriptFlush_isSentWithItsSource() {
    Presence.ETERNAL.prepare(probe, ENTRY);
    assertThat(outcome("entry:put(args[1])")).isEqualTo("UPDATED");
    probe.command("SCRIPT", "FLUSH");
    assertThat(outcome("entry:put(args[1])")).isEqualTo("UPDATED");
  }

  private static void assertRefused(String body, String mode, String sentence) {
    assertThatThrownBy(() -> run(body, mode, NO_HEADER, LIFETIMES))
        .isInstanceOf(RedisException.class)
        .hasMessageContaining(sentence);
  }

  private static List<Reply> text(String body) {
    return run(body, "text", NO_HEADER, LIFETIMES);
  }

  private static String outcome(String body) {
    return run(body, "bytes", NO_HEADER, LIFETIMES, Corner.NEW).get(0).text();
  }

  private static Reply result(String body) {
    return run(body, "bytes", NO_HEADER, LIFETIMES, Corner.NEW).get(3);
  }

  private static List<Reply> run(
      String body, String mode, byte[] header, Lifetimes lifetimes, byte[]... arguments) {
    Command command =
        Command.of(program(body).keys().plain(), ENTRY)
            .with(mode)
            .with(header)
            .with(LONGEST)
            .with(lifetimes.onCreation())
            .with(lifetimes.onUpdate())
            .with(lifetimes.onAccess());
    Arrays.stream(arguments).forEach(command::with);
    return redis.call(command).elements();
  }

  static Program program(String body) {
    return Program.of(Script.source("body").replace("--BODY--", body), "process");
  }
}
