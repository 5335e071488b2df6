// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.contract.Subject.Setup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories, lived by the reference implementation and by us in lock-step, agree in all that
 * can be observed, apart from {@link Differences}. {@code -Dcontract.seed} starts other histories.
 */
@EveryLayout
final class DifferentialIT {

  private static final int HISTORIES_PER_SETUP = 50;
  private static final int STEPS = 60;
  private static final long FIRST_SEED = Long.getLong("contract.seed", 20_260_000);

  private static CacheManager reference;
  private static CacheManager ours;

  /** What reports name when a history fails: enough to run it again. */
  record History(Setup setup, long seed) {}

  @BeforeAll
  static void openManagers() {
    reference = new ReferenceBackend().newManager();
    ours = Backends.forSuite(DifferentialIT.class).newManager();
  }

  @AfterAll
  static void closeManagers() {
    reference.getCachingProvider().close();
    ours.getCachingProvider().close();
  }

  static Stream<History> histories() {
    return Stream.of(Setup.values())
        .flatMap(
            setup ->
                LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES_PER_SETUP)
                    .mapToObj(seed -> new History(setup, seed)));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void history_livedByBoth_agrees(History history) {
    String name = "differential-" + history.setup() + "-" + history.seed();
    SplittableRandom random = new SplittableRandom(history.seed());
    try (Subject one = new Subject(reference, name + "-reference", history.setup());
        Subject other = new Subject(ours, name + "-ours", history.setup())) {
      List<Step> lived = new ArrayList<>();
      for (int i = 0; i < STEPS; i++) {
        Step step = Step.random(random, history.setup().expires());
        lived.add(step);
        List<String> liveBefore = one.liveKeys();
        Observation expected = Differences.expected(step, liveBefore, one.live(step));
        assertThat(other.live(step))
            .as("%s: step %d, live before %s, of %s", history, i, liveBefore, tail(lived))
            .isEqualTo(expected);
      }
    }
  }

  private static String tail(List<Step> steps) {
    List<Step> last = steps.subList(Math.max(0, steps.size() - 6), steps.size());
    return String.join("\n  ", last.stream().map(Step::toString).toList());
  }
}
