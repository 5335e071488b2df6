// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Cell CELL = new Cell("mix", 90, 100, 10_000, Workers.platform(64));

  @TempDir Path directory;

  @Test
  void read_whatWasWritten_isTheSameReport() throws IOException {
    Report report = report("a machine", 100);
    Path file = directory.resolve("report.json");

    report.write(file);

    assertThat(Report.read(List.of(file))).isEqualTo(report);
  }

  @Test
  void read_twoFiles_joinsThem() throws IOException {
    report("a machine", 100).write(directory.resolve("1.json"));
    report("another machine", 200).write(directory.resolve("2.json"));

    Report both = Report.read(List.of(directory.resolve("1.json"), directory.resolve("2.json")));

    assertThat(both.machine()).isEqualTo("a machine; another machine");
    assertThat(both.scores()).extracting(Score::figure).containsExactly(100.0, 200.0);
  }

  @Test
  void markdown_cellWithTarget_showsIt() {
    Score ours = new Score(CELL, Metric.THROUGHPUT, "jcache-redis", 0, 170);
    Score theirs = new Score(CELL, Metric.THROUGHPUT, "jedis", 0, 100);
    Report report = new Report("a machine", "--short", List.of(ours, theirs), List.of("a note"));

    assertThat(report.markdown())
        .startsWith("a machine: `--short`")
        .contains("| mix 90/10 | 100 B | 10,000 | 64 | 170 | 100 | 1.70 [1.70..1.70] (>= 1.60) |")
        .endsWith("* a note\n");
  }

  @Test
  void markdown_contendersInTwoPlaces_haveTablesOfTheirOwn() {
    Score onRedis = new Score(CELL, Metric.THROUGHPUT, "jcache-redis", 0, 100);
    Score local = new Score(CELL, Metric.THROUGHPUT, "caffeine-jcache", 0, 9000);
    Report report = new Report("a machine", "", List.of(onRedis, local), List.of());

    assertThat(report.markdown())
        .contains("| threads | jcache-redis calls/s |\n")
        .contains("| threads | caffeine-jcache calls/s |\n");
  }

  private static Report report(String machine, double figure) {
    Score score = new Score(CELL, Metric.THROUGHPUT, "jcache-redis", 0, figure);
    return new Report(machine, "--short", List.of(score), List.of());
  }
}
