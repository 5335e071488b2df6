// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.event.EventType;
import org.jcacheredis.internal.entry.Effect.Counter;
import org.jcacheredis.internal.entry.Effect.Lifetime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the code is the table of the documentation, and makes sense. */
class EffectsTest {
  private static final Path PAGE = Path.of("..", "docs", "semantics.md");
  private static final String BEGIN = "<!-- effects:begin -->\n";
  private static final String END = "<!-- effects:end -->";
  private static final String HEAD =
      """
      | operation | outcome | writer | statistics | events | expiry policy |
      |---|---|---|---|---|---|
      """;

  record Cell(Operation operation, Outcome.Kind outcome) {
    Effect effect() {
      return Effects.of(operation, outcome);
    }

    String row() {
      Effect effect = effect();
      return Stream.of(
              words(operation),
              words(outcome),
              writer(),
              words(effect.counters()),
              words(effect.events()),
              effect.lifetime() == Lifetime.NONE ? "not asked" : words(effect.lifetime()))
          .collect(joining(" | ", "| ", " |\n"));
    }

    /** Called before the entry changes, so also where it turns out that nothing is stored. */
    private String writer() {
      boolean done = Outcome.of(outcome).isDone() || outcome == Outcome.Kind.NOT_STORED;
      return switch (Effects.writer(operation)) {
        case NEVER -> "-";
        case WRITE -> done ? "write" : "-";
        case DELETE -> done ? "delete" : "-";
        case DELETE_ALWAYS -> "delete";
      };
    }

    private static String words(Collection<? extends Enum<?>> constants) {
      return constants.isEmpty()
          ? "-"
          : constants.stream().sorted().map(Cell::words).collect(joining(", "));
    }

    private static String words(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static Stream<Cell> cells() {
    return Arrays.stream(Operation.values())
        .flatMap(operation -> outcomes(operation).map(outcome -> new Cell(operation, outcome)));
  }

  static Stream<Cell> idleCells() {
    return cells().filter(cell -> !Outcome.of(cell.outcome()).isDone());
  }

  private static Stream<Outcome.Kind> outcomes(Operation operation) {
    return Effects.outcomes(operation).stream().sorted();
  }

  @Test
  void documentation_table_isThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    String table = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    assertThat(table).isEqualTo(HEAD + cells().map(Cell::row).collect(joining()));
  }

  @ParameterizedTest
  @EnumSource
  void operation_anyOf_hasOutcomes(Operation operation) {
    assertThat(Effects.outcomes(operation)).isNotEmpty();
    assertThat(Effects.writer(operation)).isNotNull();
  }

  @Test
  void effect_ofAnImpossibleOutcome_isRefusedByName() {
    assertThatThrownBy(() -> Effects.of(Operation.REMOVE, Outcome.Kind.CREATED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("REMOVE cannot end as CREATED");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void outcome_ofAnyOperation_asksTheExpiryPolicyInItsCaseOnly(Cell cell) {
    Map<Outcome.Kind, Lifetime> asked =
        Map.of(
            Outcome.Kind.CREATED, Lifetime.CREATION,
            Outcome.Kind.NOT_STORED, Lifetime.CREATION,
            Outcome.Kind.UPDATED, Lifetime.UPDATE,
            Outcome.Kind.STORED, Lifetime.UPDATE,
            Outcome.Kind.FOUND, Lifetime.ACCESS,
            Outcome.Kind.ABSENT, Lifetime.NONE,
            Outcome.Kind.REMOVED, Lifetime.NONE);
    Lifetime lifetime = cell.effect().lifetime();
    assertThat(lifetime).isEqualTo(asked.getOrDefault(cell.outcome(), lifetime));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void outcome_ofAnyOperation_tellsListenersWhatHappened(Cell cell) {
    List<EventType> expected =
        switch (cell.outcome()) {
          case CREATED -> List.of(EventType.CREATED);
          case UPDATED -> List.of(EventType.UPDATED);
          case REMOVED -> List.of(EventType.REMOVED);
          case EXPIRED ->
              cell.effect().lifetime() == Lifetime.ACCESS
                  ? List.of(EventType.EXPIRED)
                  : List.of(EventType.UPDATED, EventType.EXPIRED);
          case FOUND, ABSENT, STORED, REFUSED, NOT_STORED, FAILED -> List.of();
        };
    assertThat(cell.effect().events()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void outcome_ofAnyOperation_countsHitOrMissButNotBoth(Cell cell) {
    assertThat(cell.effect().counters())
        .satisfies(c -> assertThat(c.containsAll(Set.of(Counter.HIT, Counter.MISS))).isFalse())
        .satisfies(c -> assertThat(c.containsAll(Set.of(Counter.PUT, Counter.REMOVAL))).isFalse());
  }

  @ParameterizedTest
  @MethodSource("idleCells")
  void outcome_thatRefusesOrFindsNothing_countsNoPutAndNoRemoval(Cell cell) {
    assertThat(cell.effect().counters()).doesNotContain(Counter.PUT, Counter.REMOVAL);
  }
}
