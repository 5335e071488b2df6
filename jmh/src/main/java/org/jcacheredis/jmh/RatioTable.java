// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Results as a Markdown table: a row for each cell, the median figure of each contender, and the
 * first contender's ratio to each of the others. A ratio is taken within a round; the table shows
 * the median of the rounds, in brackets the lowest and the highest, and in parentheses what is
 * aimed at. What failed or did not run is a dash.
 */
final class RatioTable {
  private static final String NOTHING = "-";

  private final Figures figures;
  private final List<String> contenders;
  private final String first;
  private final List<String> rivals;

  /** A table of figures, of which there must be one. */
  RatioTable(Figures figures) {
    this.figures = figures;
    contenders = figures.contenders();
    first = contenders.get(0);
    rivals = contenders.subList(1, contenders.size());
  }

  /** The table, its rows in the order in which they were measured. */
  String render() {
    List<String> headings = headings();
    StringBuilder table = new StringBuilder();
    table.append(line(headings));
    table.append(line(Collections.nCopies(headings.size(), "---")));
    figures.cells().forEach(cell -> table.append(line(row(cell))));
    return table.toString();
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("call", "value", "entries", "threads"));
    contenders.forEach(contender -> headings.add(contender + " " + figures.metric().unit()));
    rivals.forEach(rival -> headings.add(first + " / " + rival));
    return headings;
  }

  private List<String> row(Cell cell) {
    List<String> row =
        new ArrayList<>(List.of(cell.call(), cell.value(), cell.fill(), cell.workers().label()));
    contenders.forEach(contender -> row.add(median(cell, contender)));
    rivals.forEach(rival -> row.add(ratio(cell, rival)));
    return row;
  }

  private String median(Cell cell, String contender) {
    return figures
        .of(cell, contender)
        .map(spread -> String.format(Locale.ROOT, "%,.0f", spread.median()))
        .orElse(NOTHING);
  }

  private String ratio(Cell cell, String rival) {
    return figures
        .ratio(cell, first, rival)
        .map(spread -> text(spread) + Target.text(figures.metric(), cell, first, rival))
        .orElse(NOTHING);
  }

  private static String text(Spread ratio) {
    return String.format(
        Locale.ROOT, "%.2f [%.2f..%.2f]", ratio.median(), ratio.low(), ratio.high());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
