// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation.Guard;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever command changes a field, the outcome and what it leaves are those of every layout; also
 * where the lifetime of a field is over and the server has not deleted it.
 */
@NeedsFieldLifetimes
class HashPlanIT {
  private static final HashNames NAMES = HashNames.of("HashPlanIT", "cache", 4);
  private static final EntryKey KEY = new EntryKey(new byte[] {'k', 0, -1, ':'});
  private static final byte[] NEIGHBOUR = "neighbour".getBytes(UTF_8);

  private static RedisServer server;
  private static Redis redis;
  private static RedisProbe probe;

  /** What is there beforehand. */
  private enum State {
    AS_THE_CORNER_SAYS,
    /** The lifetime is over, and the server has not noticed. */
    DEAD
  }

  private record Case(Corner corner, State state) {
    @Override
    public String toString() {
      return (state == State.DEAD ? "DEAD " : "") + corner;
    }
  }

  @BeforeAll
  static void start() {
    server = RedisServer.start("--enable-debug-command", "yes");
    redis = Connections.open(server);
    probe = RedisProbe.of(server);
    command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
  }

  @AfterAll
  static void stop() {
    probe.close();
    redis.close();
    server.close();
  }

  static Stream<Case> cases() {
    return Corner.all()
        .filter(
            corner -> corner.mutation().isStore() || corner.mutation().guard() != Guard.IF_ABSENT)
        .flatMap(
            corner ->
                corner.presence() == Presence.ABSENT
                    ? Arrays.stream(State.values()).map(state -> new Case(corner, state))
                    : Stream.of(new Case(corner, State.AS_THE_CORNER_SAYS)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void plan_inEachCorner_doesWhatItHasToAndSaysIt(Case each) {
    Corner corner = each.corner();
    prepare(each);
    Plan plan = Plan.of(new InHashes(NAMES), corner.change(KEY), null);
    Outcome planned = plan.reading().apply(redis.call(plan.command()));
    if (planned.is(Outcome.Kind.STORED)) {
      assertThat(corner.outcome()).isIn(Outcome.Kind.CREATED, Outcome.Kind.UPDATED);
    } else {
      assertThat(planned.kind()).isEqualTo(corner.outcome());
    }
    boolean returns = corner.mutation().wantsPrevious() && corner.presence().isThere();
    if (returns && corner.mutation().guard() != Guard.IF_ABSENT) {
      assertThat(planned.previous()).isEqualTo(Corner.OLD);
    }
    if (corner.mutation().wantsPrevious() && !corner.presence().isThere()) {
      assertThat(planned.previous()).isNull();
    }
    assertThat(stored()).isEqualTo(corner.stored());
    assertThat(probe.commandBytes("HGET".getBytes(UTF_8), NAMES.name(KEY), NEIGHBOUR)).isNotNull();
  }

  @Test
  void read_ofADeadField_seesNothing() {
    HashLayout store = new HashLayout(redis, NAMES, Audience.NONE, 10);
    List<EntryKey> keys = List.of(KEY);
    Runnable dies = () -> prepare(new Case(Corner.all().findFirst().orElseThrow(), State.DEAD));
    dies.run();
    assertThat(store.read(KEY, Lifetimes.UNCHANGED)).isNull();
    dies.run();
    assertThat(store.read(KEY, 60_000)).isNull();
    dies.run();
    assertThat(store.readAll(keys, 60_000)).containsOnlyNulls();
    dies.run();
    assertThat(store.readAll(keys, Lifetimes.ETERNAL)).containsOnlyNulls();
    dies.run();
    assertThat(store.contains(KEY)).isFalse();
    assertThat(store.present(keys)).isEmpty();
    assertThat(store.remaining(KEY)).isNull();
    assertThat(store.readTimed(KEY)).isEqualTo(TimedValue.ABSENT);
    dies.run();
    assertThat(store.scan(null).keys()).doesNotContain(KEY);
    assertThat(stored()).isEqualTo(Stored.NOTHING);
  }

  private static void prepare(Case each) {
    byte[] partition = NAMES.name(KEY);
    probe.del(partition);
    // a hash without fields is no hash
    probe.commandBytes("HSET".getBytes(UTF_8), partition, NEIGHBOUR, NEIGHBOUR);
    if (each.state == State.DEAD) {
      store("1");
      long stored = time();
      while (time() < stored + 3) {
        Thread.onSpinWait();
      }
    } else if (each.corner.presence() == Presence.TIMED) {
      store(Long.toString(Corner.BEFORE));
    } else if (each.corner.presence() == Presence.ETERNAL) {
      probe.commandBytes("HSET".getBytes(UTF_8), partition, KEY.bytes(), Corner.OLD);
    }
  }

  private static void store(String lifetime) {
    probe.commandBytes(
        "HSETEX".getBytes(UTF_8),
        NAMES.name(KEY),
        "PX".getBytes(UTF_8),
        lifetime.getBytes(UTF_8),
        "FIELDS".getBytes(UTF_8),
        "1".getBytes(UTF_8),
        KEY.bytes(),
        Corner.OLD);
  }

  /** The server's own clock, in milliseconds. */
  private static long time() {
    List<?> parts = (List<?>) probe.commandBytes("TIME".getBytes(UTF_8));
    return number(parts.get(0)) * 1_000 + number(parts.get(1)) / 1_000;
  }

  private static long number(Object bulk) {
    return Long.parseLong(new String((byte[]) bulk, UTF_8));
  }

  private static Stored stored() {
    byte[] value =
        (byte[]) probe.commandBytes("HGET".getBytes(UTF_8), NAMES.name(KEY), KEY.bytes());
    List<?> left =
        (List<?>)
            probe.commandBytes(
                "HPTTL".getBytes(UTF_8),
                NAMES.name(KEY),
                "FIELDS".getBytes(UTF_8),
                "1".getBytes(UTF_8),
                KEY.bytes());
    return value == null ? Stored.NOTHING : Stored.of(value, (Long) left.get(0));
  }

  private static void command(String... words) {
    probe.commandBytes(
        Arrays.stream(words).map(word -> word.getBytes(UTF_8)).toArray(byte[][]::new));
  }
}
