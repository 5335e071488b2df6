// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs every cell of every group. Contenders take turns, each turn in a fresh JVM, and another one
 * starts each round, so that neither a drifting machine nor the order favours one.
 */
final class Rounds {
  private final Forks forks;
  private final Set<Turn> turns;
  private final List<RunResult> results = new ArrayList<>();
  private final List<Score> scores = new ArrayList<>();
  private int started;
  private int failed;

  Rounds(List<Group> groups, int rounds, Forks forks) {
    this.forks = forks;
    turns = turns(groups, rounds);
  }

  /** What will run, each turn once, in this order. */
  static Set<Turn> turns(List<Group> groups, int rounds) {
    Set<Turn> turns = new LinkedHashSet<>();
    for (Group group : groups) {
      for (Cell cell : group.cells()) {
        for (int round = 0; round < rounds; round++) {
          for (String contender : inTurn(group.contenders(), round)) {
            turns.add(new Turn(cell, group.mode(), contender, round));
          }
        }
      }
    }
    return turns;
  }

  /** Runs everything; a turn that fails is counted and the rest goes on. */
  void run() {
    turns.forEach(this::measure);
  }

  /** What the benchmark kit reported, one element for each turn. */
  Collection<RunResult> results() {
    return Collections.unmodifiableList(results);
  }

  /** The figures of {@link #results()}. */
  List<Score> scores() {
    return Collections.unmodifiableList(scores);
  }

  /** How many turns gave no figure. */
  int failed() {
    return failed;
  }

  /** How many turns there are. */
  int count() {
    return turns.size();
  }

  private void measure(Turn turn) {
    started++;
    System.out.printf("[%d/%d] %s, %s:", started, turns.size(), turn.cell(), turn.contender());
    try {
      new Runner(forks.options(turn)).run().forEach(result -> add(turn, result));
    } catch (RunnerException e) { // one contender's failure must not cost the others their turns
      failed++;
      System.out.print(" failed");
      e.printStackTrace(System.out);
    }
    System.out.println();
  }

  private void add(Turn turn, RunResult result) {
    results.add(result);
    Metric.in(result)
        .forEach(
            (metric, figure) -> {
              scores.add(new Score(turn.cell(), metric, turn.contender(), turn.round(), figure));
              System.out.printf(Locale.ROOT, " %,.0f %s", figure, metric.unit());
            });
  }

  private static List<String> inTurn(List<String> contenders, int round) {
    List<String> turn = new ArrayList<>(contenders);
    Collections.rotate(turn, -round);
    return turn;
  }
}
