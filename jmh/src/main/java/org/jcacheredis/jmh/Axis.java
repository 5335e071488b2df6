// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What may differ between cells, and so what a plot can show from left to right. */
enum Axis {
  THREADS(
      "threads",
      cell -> cell.workers().label(),
      Comparator.comparing(Cell::workers),
      cell -> cell.but(cell.size(), cell.entries(), Workers.platform(0))),
  SIZE(
      "value size",
      Cell::value,
      Comparator.comparing(Cell::size),
      cell -> cell.but(0, cell.entries(), cell.workers())),
  ENTRIES(
      "entries",
      Cell::fill,
      Comparator.comparing(Cell::entries),
      cell -> cell.but(cell.size(), 0, cell.workers())),
  CALL(
      "call",
      Cell::call,
      (one, other) -> 0, // as they were measured
      cell -> new Cell("", 0, cell.size(), cell.entries(), cell.workers()));

  private final String title;
  private final Function<Cell, String> label;
  private final Comparator<Cell> order;
  private final UnaryOperator<Cell> rest;

  Axis(
      String title,
      Function<Cell, String> label,
      Comparator<Cell> order,
      UnaryOperator<Cell> rest) {
    this.title = title;
    this.label = label;
    this.order = order;
    this.rest = rest;
  }

  /** The name for people. */
  String title() {
    return title;
  }

  /** Where the cell is on this axis, for people. */
  String label(Cell cell) {
    return label.apply(cell);
  }

  /** From left to right. */
  Comparator<Cell> order() {
    return order;
  }

  /** The cell without its place on this axis: equal for cells that one plot shows. */
  Cell rest(Cell cell) {
    return rest.apply(cell);
  }

  /** How many cells make a plot: two calls are told apart by a table, too. */
  int fewest() {
    return this == CALL ? 3 : 2;
  }

  /** Whether a line from one place to the next means something. */
  boolean isContinuous() {
    return this != CALL;
  }

  /** What a {@link #rest} has in common, for people. */
  String common(Cell rest) {
    List<String> parts = new ArrayList<>();
    if (this != CALL) {
      parts.add(rest.call());
    }
    if (this != SIZE) {
      parts.add(rest.value());
    }
    if (this != ENTRIES) {
      parts.add(rest.fill() + " entries");
    }
    if (this != THREADS) {
      parts.add(rest.workers().title());
    }
    return String.join(", ", parts);
  }
}
