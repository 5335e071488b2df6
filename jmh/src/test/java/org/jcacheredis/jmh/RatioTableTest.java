// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTableTest {

  @Test
  void render_threeRounds_showsMedianAndSpreadOfRatiosWithinRounds() {
    RatioTable table =
        table(
            List.of(
                score("get", 8, "jcache-redis", 0, 1000),
                score("get", 8, "jedis", 0, 2000),
                score("get", 8, "jedis", 1, 1000),
                score("get", 8, "jcache-redis", 1, 1500),
                score("get", 8, "jcache-redis", 2, 1200),
                score("get", 8, "jedis", 2, 1600)));

    assertThat(table.render())
        .isEqualTo(
            """
            | call | value | entries | threads | jcache-redis calls/s | jedis calls/s | jcache-redis / jedis |
            | --- | --- | --- | --- | --- | --- | --- |
            | get | 100 B | 10,000 | 8 | 1,200 | 1,600 | 0.75 [0.50..1.50] |
            """);
  }

  @Test
  void render_twoRounds_takesTheMeanOfTheMiddle() {
    RatioTable table =
        table(
            List.of(
                score("put", 1, "jcache-redis", 0, 100), score("put", 1, "jcache-redis", 1, 200)));

    assertThat(table.render()).endsWith("| put | 100 B | 10,000 | 1 | 150 |\n");
  }

  @Test
  void render_failedRun_isADash() {
    RatioTable table =
        table(
            List.of(
                score("get", 1, "jcache-redis", 0, 100),
                score("put", 1, "jcache-redis", 0, 100),
                score("put", 1, "jedis", 0, 50),
                score("put", 8, "jcache-redis", 0, 100),
                score("put", 8, "jedis", 1, 50)));

    assertThat(table.render())
        .contains("| get | 100 B | 10,000 | 1 | 100 | - | - |\n")
        .contains("| put | 100 B | 10,000 | 1 | 100 | 50 | 2.00 [2.00..2.00] |\n")
        .contains("| put | 100 B | 10,000 | 8 | 100 | 50 | - |\n");
  }

  private static RatioTable table(List<Score> scores) {
    return new RatioTable(new Figures(Metric.THROUGHPUT, Contender.Place.REDIS, scores));
  }

  private static Score score(
      String benchmark, int threads, String contender, int round, double figure) {
    Cell cell = new Cell(benchmark, 0, 100, 10_000, Workers.platform(threads));
    return new Score(cell, Metric.THROUGHPUT, contender, round, figure);
  }
}
