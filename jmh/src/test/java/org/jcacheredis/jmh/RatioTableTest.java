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
                new Score("get", 8, "ours", 0, 1000),
                new Score("get", 8, "floor", 0, 2000),
                new Score("get", 8, "floor", 1, 1000),
                new Score("get", 8, "ours", 1, 1500),
                new Score("get", 8, "ours", 2, 1200),
                new Score("get", 8, "floor", 2, 1600)));

    assertThat(table.render())
        .isEqualTo(
            """
            | benchmark | threads | ours calls/s | floor calls/s | ours / floor |
            | --- | --- | --- | --- | --- |
            | get | 8 | 1,200 | 1,600 | 0.75 [0.50..1.50] |
            """);
  }

  @Test
  void render_twoRounds_takesTheMeanOfTheMiddle() {
    RatioTable table =
        new RatioTable(
            Metric.THROUGHPUT,
            List.of("ours"),
            List.of(new Score("put", 1, "ours", 0, 100), new Score("put", 1, "ours", 1, 200)));

    assertThat(table.render()).endsWith("| put | 1 | 150 |\n");
  }

  @Test
  void render_failedRun_isADash() {
    RatioTable table =
        new RatioTable(
            Metric.THROUGHPUT,
            List.of("ours", "rival"),
            List.of(
                new Score("get", 1, "ours", 0, 100),
                new Score("put", 1, "ours", 0, 100),
                new Score("put", 1, "rival", 0, 50),
                new Score("put", 8, "ours", 0, 100),
                new Score("put", 8, "rival", 1, 50)));

    assertThat(table.render())
        .contains("| get | 1 | 100 | - | - |\n")
        .contains("| put | 1 | 100 | 50 | 2.00 [2.00..2.00] |\n")
        .contains("| put | 8 | 100 | 50 | - |\n");
  }
}
