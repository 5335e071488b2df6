// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Mutation.Guard;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script alone: each kind, guard, presence and lifetime; its reply and what it leaves. */
class ApplyLuaIT {
  private static final byte[] ENTRY = "ApplyLuaIT:entry".getBytes(UTF_8);
  private static final byte[] NEIGHBOUR = "ApplyLuaIT:entry2".getBytes(UTF_8);

  private static Redis redis;
  private static RedisProbe probe;

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
    Presence.TIMED.prepare(probe, NEIGHBOUR);
  }

  @AfterAll
  static void close() {
    probe.keyBytes("ApplyLuaIT:*").forEach(probe::del);
    probe.close();
    redis.close();
  }

  static Stream<Corner> corners() {
    return Corner.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corners")
  void apply_inEachCorner_answersAndStores(Corner corner) {
    corner.presence().prepare(probe, ENTRY);
    List<Reply> reply = redis.call(corner.scripted(ENTRY)).elements();
    Outcome.Kind outcome = corner.outcome();
    assertThat(reply.get(0).text()).isEqualTo(outcome.name());
    assertThat(reply.size() > 1 ? reply.get(1).bytes() : null)
        .isEqualTo(expectedPrevious(corner, outcome));
    assertThat(Stored.at(probe, ENTRY)).isEqualTo(corner.stored());
    assertThat(Stored.at(probe, NEIGHBOUR)).isEqualTo(Stored.of(Corner.OLD, Corner.BEFORE));
  }

  private static byte @Nullable [] expectedPrevious(Corner corner, Outcome.Kind outcome) {
    boolean refusedBytes =
        outcome == Outcome.Kind.REFUSED && corner.mutation().guard() == Guard.IF_EQUAL;
    boolean told = refusedBytes || corner.mutation().wantsPrevious();
    return told && corner.presence().isThere() ? Corner.OLD : null;
  }

  @Test
  void apply_afterScriptFlush_isSentWithItsSource() {
    Corner store = stored();
    Presence.ABSENT.prepare(probe, ENTRY);
    redis.call(store.scripted(ENTRY));
    probe.command("SCRIPT", "FLUSH");
    assertThat(outcome(redis.call(store.scripted(ENTRY)))).isEqualTo("UPDATED");
    assertThat(probe.commandsDuring(() -> redis.call(store.scripted(ENTRY))))
        .containsEntry("evalsha", 1L)
        .doesNotContainKey("eval");
  }

  @Test
  void apply_inAPipelineAfterScriptFlush_answersInOrderAndRunsOnce() {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] key = ("ApplyLuaIT:pipeline" + i).getBytes(UTF_8);
      (i % 2 == 0 ? Presence.ABSENT : Presence.TIMED).prepare(probe, key);
      commands.add(stored().scripted(key));
      commands.add(Command.of(Verb.EXISTS).key(NEIGHBOUR));
    }
    probe.command("SCRIPT", "FLUSH");
    List<Reply> replies = new ArrayList<>();
    var seen = probe.commandsDuring(() -> replies.addAll(redis.callAll(commands)));
    for (int i = 0; i < 5; i++) {
      assertThat(outcome(replies.get(2 * i))).isEqualTo(i % 2 == 0 ? "CREATED" : "UPDATED");
      assertThat(replies.get(2 * i + 1).integer()).isEqualTo(1);
    }
    assertThat(seen).containsEntry("set", 5L);
  }

  private static Corner stored() {
    return new Corner(
        Mutation.store(Corner.NEW), new Lifetimes(60_000, 90_000, -2), Presence.TIMED);
  }

  private static String outcome(Reply reply) {
    return reply.elements().get(0).text();
  }
}
