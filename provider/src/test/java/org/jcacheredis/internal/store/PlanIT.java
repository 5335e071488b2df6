// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Mutation.Guard;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever command is chosen, it does and says what apply.lua would. */
class PlanIT {
  private static final KeyNames NAMES = KeyNames.entries("PlanIT", "cache");
  private static final EntryKey KEY = new EntryKey("planned".getBytes(UTF_8));
  private static final byte[] PLANNED = "PlanIT:cache:planned".getBytes(UTF_8);
  private static final byte[] SCRIPTED = "PlanIT:scripted".getBytes(UTF_8);

  private static Redis redis;
  private static RedisProbe probe;

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
  }

  @AfterAll
  static void close() {
    probe.del(PLANNED);
    probe.del(SCRIPTED);
    probe.close();
    redis.close();
  }

  static Stream<Corner> corners() {
    // to remove what is absent is nothing anybody asks for
    return Corner.all()
        .filter(
            corner -> corner.mutation().isStore() || corner.mutation().guard() != Guard.IF_ABSENT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corners")
  void plan_inEachCorner_isWorthTheScript(Corner corner) {
    corner.presence().prepare(probe, PLANNED);
    corner.presence().prepare(probe, SCRIPTED);
    Plan plan = Plan.of(new InKeys(NAMES), corner.change(KEY), null);
    Outcome planned = plan.reading().apply(redis.call(plan.command()));
    List<Reply> scripted = redis.call(corner.scripted(SCRIPTED)).elements();
    Outcome.Kind kind = Outcome.Kind.valueOf(scripted.get(0).text());
    assertThat(Stored.at(probe, PLANNED)).isEqualTo(Stored.at(probe, SCRIPTED));
    if (planned.is(Outcome.Kind.STORED)) {
      assertThat(kind).isIn(Outcome.Kind.CREATED, Outcome.Kind.UPDATED);
    } else if (corner.mutation().kind() != Mutation.Kind.TOUCH || planned.previous() != null) {
      assertThat(planned.kind()).isEqualTo(kind);
    }
    if (corner.mutation().wantsPrevious() && corner.mutation().guard() != Guard.IF_ABSENT) {
      assertThat(planned.previous())
          .isEqualTo(scripted.size() > 1 ? scripted.get(1).bytes() : null);
    }
  }
}
