// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTableTest {

  @Test
  void render_threeRounds_showsMedianAndSpreadOfRatiosWithinRounds() {
    RatioTable table =
        new RatioTable(
            Metric.THROUGHPUT,
            List.of("ours", "floor"),
            List.of(
                score("get", 8, "ours", 0, 1000),
                score("get", 8, "floor", 0, 2000),
                score("get", 8, "floor", 1, 1000),
                score("get", 8, "ours", 1, 1500),
                score("get", 8, "ours", 2, 1200),
                score("get", 8, "floor", 2, 1600)));

    assertThat(table.render())
        .isEqualTo(
            """
            | call | value | entries | threads | ours calls/s | floor calls/s | ours / floor |
            | --- | --- | --- | --- | --- | --- | --- |
            | get | 100 B | 10,000 | 8 | 1,200 | 1,600 | 0.75 [0.50..1.50] |
            """);
  }

  @Test
  void render_twoRounds_takesTheMeanOfTheMiddle() {
    RatioTable table =
        new RatioTable(
            Metric.THROUGHPUT,
            List.of("ours"),
            List.of(score("put", 1, "ours", 0, 100), score("put", 1, "ours", 1, 200)));

    assertThat(table.render()).endsWith("| put | 100 B | 10,000 | 1 | 150 |\n");
  }

  @Test
  void render_failedRun_isADash() {
    RatioTable table =
        new RatioTable(
            Metric.THROUGHPUT,
            List.of("ours", "rival"),
            List.of(
                score("get", 1, "ours", 0, 100),
                score("put", 1, "ours", 0, 100),
                score("put", 1, "rival", 0, 50),
                score("put", 8, "ours", 0, 100),
                score("put", 8, "rival", 1, 50)));

    assertThat(table.render())
        .contains("| get | 100 B | 10,000 | 1 | 100 | - | - |\n")
        .contains("| put | 100 B | 10,000 | 1 | 100 | 50 | 2.00 [2.00..2.00] |\n")
        .contains("| put | 100 B | 10,000 | 8 | 100 | 50 | - |\n");
  }

  private static Score score(
      String benchmark, int threads, String contender, int round, double figure) {
    Cell cell = new Cell(benchmark, 0, 100, 10_000, Workers.platform(threads));
    return new Score(cell, Metric.THROUGHPUT, contender, round, figure);
  }
}
