// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void markdown_textsNumbersAndCounts_areForPeople() {
    Map<String, Object> row = Table.row("layout", "keys");
    row.put("entries", 1_000_000);
    row.put("ms", 4701.62);
    row.put("longest", 0.04);
    row.put("commands", new TreeMap<>(Map.of("scan", 2000L, "unlink", 1L)));

    assertThat(new Table("Emptying", List.of(row)).markdown())
        .isEqualTo(
            """
            ### Emptying

            | layout | entries | ms | longest | commands |
            | --- | --- | --- | --- | --- |
            | keys | 1,000,000 | 4,702 | 0.0 | 2,000 scan, 1 unlink |
            """);
  }

  @Test
  void median_evenNumber_isTheHigherOne() {
    assertThat(Timing.median(4_000_000, 1_000_000, 3_000_000, 2_000_000)).isEqualTo(3.0);
  }
}
