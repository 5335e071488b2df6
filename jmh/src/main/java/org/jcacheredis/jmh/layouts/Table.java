// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Figures in rows that have the same columns.
 *
 * @param rows texts and numbers by the name of their column
 */
record Table(String title, List<Map<String, Object>> rows) {
  private static final int FEW = 1000;

  Table {
    rows = List.copyOf(rows);
  }

  /** A row that names and figures are put into, in the order of the columns. */
  static Map<String, Object> row(String column, Object name) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(column, name);
    return row;
  }

  /** As Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
    if (!rows.isEmpty()) {
      Map<String, Object> first = rows.get(0);
      text.append(line(first.keySet()));
      text.append(line(first.keySet().stream().map(column -> "---").toList()));
      rows.forEach(row -> text.append(line(row.values().stream().map(Table::text).toList())));
    }
    return text.toString();
  }

  private static String line(Iterable<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String text(Object cell) {
    if (cell instanceof Double figure) {
      return String.format(Locale.ROOT, Math.abs(figure) < FEW ? "%.1f" : "%,.0f", figure);
    }
    if (cell instanceof Number number) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    if (cell instanceof Map<?, ?> counts) {
      return counts.entrySet().stream()
          .map(count -> text(count.getValue()) + " " + count.getKey())
          .collect(Collectors.joining(", "));
    }
    return cell.toString();
  }
}
