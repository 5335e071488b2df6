// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Results as a Markdown table: a row for each cell, the median figure of each contender, and the
 * first contender's ratio to each of the others. A ratio is taken within a round; the table shows
 * the median of the rounds and, in brackets, the lowest and the highest. What failed or did not run
 * is a dash.
 */
final class RatioTable {
  private static final String NOTHING = "-";

  private final String unit;
  private final String first;
  private final List<String> contenders;
  private final List<String> rivals;
  private final List<Score> scores;

  /** A table in the contenders' order; the first is the one that the others are compared with. */
  RatioTable(Metric metric, List<String> contenders, List<Score> scores) {
    unit = metric.unit();
    this.contenders = List.copyOf(contenders);
    this.scores = scores.stream().filter(score -> score.metric() == metric).toList();
    first = contenders.get(0);
    rivals = this.contenders.subList(1, contenders.size());
  }

  /** The table, its rows in the order in which they were measured. */
  String render() {
    List<String> headings = headings();
    StringBuilder table = new StringBuilder();
    table.append(line(headings));
    table.append(line(Collections.nCopies(headings.size(), "---")));
    rows().forEach(row -> table.append(line(cells(row))));
    return table.toString();
  }

  private Set<Cell> rows() {
    return scores.stream().map(Score::cell).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("call", "value", "entries", "threads"));
    contenders.forEach(contender -> headings.add(contender + " " + unit));
    rivals.forEach(rival -> headings.add(first + " / " + rival));
    return headings;
  }

  private List<String> cells(Cell row) {
    List<String> cells =
        new ArrayList<>(List.of(row.call(), row.value(), row.fill(), row.workers().label()));
    contenders.forEach(contender -> cells.add(median(row, contender)));
    rivals.forEach(rival -> cells.add(ratio(row, rival)));
    return cells;
  }

  private String median(Cell row, String contender) {
    double[] figures = ascending(measured(row, contender).mapToDouble(Score::figure));
    return figures.length == 0 ? NOTHING : String.format(Locale.ROOT, "%,.0f", median(figures));
  }

  private String ratio(Cell row, String rival) {
    double[] ratios =
        ascending(
            measured(row, first)
                .flatMapToDouble(
                    ours ->
                        measured(row, rival)
                            .filter(theirs -> theirs.round() == ours.round())
                            .mapToDouble(theirs -> ours.figure() / theirs.figure())));
    if (ratios.length == 0) {
      return NOTHING;
    }
    return String.format(
        Locale.ROOT, "%.2f [%.2f..%.2f]", median(ratios), ratios[0], ratios[ratios.length - 1]);
  }

  private Stream<Score> measured(Cell row, String contender) {
    return scores.stream()
        .filter(score -> score.cell().equals(row))
        .filter(score -> score.contender().equals(contender));
  }

  private static double[] ascending(DoubleStream values) {
    return values.sorted().toArray();
  }

  private static double median(double[] ascending) {
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
