// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jcacheredis.jmh.Plot.Curve;
import org.jcacheredis.jmh.Plot.Line;
import org.jcacheredis.jmh.Plot.Scale;
import org.jcacheredis.jmh.Plot.Ticks;

/** Finds what there is to plot: cells that differ in one thing alone, and latencies. */
final class Plots {
  private static final List<Metric> LATENCIES = List.of(Metric.P50, Metric.P99, Metric.P999);

  private final List<Score> scores;

  Plots(List<Score> scores) {
    this.scores = List.copyOf(scores);
  }

  /** All of them. */
  List<Plot> all() {
    List<Plot> plots = new ArrayList<>();
    for (Contender.Place place : Contender.Place.values()) {
      for (Metric metric : List.of(Metric.THROUGHPUT, Metric.ALLOCATION)) {
        Figures figures = new Figures(metric, place, scores);
        for (Axis axis : Axis.values()) {
          along(axis, figures).forEach((rest, cells) -> add(plots, axis, figures, cells));
        }
      }
      latencies(place, plots);
    }
    return plots;
  }

  private static Map<Cell, List<Cell>> along(Axis axis, Figures figures) {
    Map<Cell, List<Cell>> found =
        figures.cells().stream()
            .sorted(axis.order())
            .collect(Collectors.groupingBy(axis::rest, LinkedHashMap::new, Collectors.toList()));
    found.values().removeIf(cells -> cells.size() < axis.fewest());
    return found;
  }

  private static void add(List<Plot> plots, Axis axis, Figures figures, List<Cell> cells) {
    String common = axis.common(axis.rest(cells.get(0)));
    Ticks ticks =
        new Ticks(
            axis.title(),
            cells.stream().map(axis::label).toList(),
            axis.isContinuous() ? Line.JOINED : Line.NONE);
    String unit = figures.metric().unit();
    String by = " by " + axis.title();
    plots.add(
        new Plot(figures.title() + by, common, ticks, unit, Scale.LINEAR, curves(figures, cells)));
    if (figures.metric() == Metric.THROUGHPUT && figures.contenders().size() > 1) {
      String first = figures.contenders().get(0);
      plots.add(
          new Plot(
              "ratio of " + first + by,
              common,
              ticks,
              "times the calls/s",
              Scale.LINEAR,
              ratios(figures, first, cells)));
    }
  }

  private static List<Curve> curves(Figures figures, List<Cell> cells) {
    return each(figures.contenders(), "", cells, figures::of);
  }

  private static List<Curve> ratios(Figures figures, String first, List<Cell> cells) {
    List<String> rivals = figures.contenders().subList(1, figures.contenders().size());
    return each(rivals, "to ", cells, (cell, rival) -> figures.ratio(cell, first, rival));
  }

  private static List<Curve> each(
      List<String> contenders,
      String prefix,
      List<Cell> cells,
      BiFunction<Cell, String, Optional<Spread>> figure) {
    return contenders.stream()
        .map(
            name ->
                new Curve(
                    prefix + name,
                    name,
                    cells.stream().map(cell -> figure.apply(cell, name)).toList()))
        .toList();
  }

  private void latencies(Contender.Place place, List<Plot> plots) {
    Figures medians = new Figures(Metric.P50, place, scores);
    List<Figures> all =
        LATENCIES.stream().map(metric -> new Figures(metric, place, scores)).toList();
    for (Cell cell : medians.cells()) {
      List<Curve> curves =
          medians.contenders().stream()
              .map(name -> new Curve(name, name, all.stream().map(f -> f.of(cell, name)).toList()))
              .toList();
      Ticks ticks = new Ticks("percentile", List.of("p50", "p99", "p99.9"), Line.JOINED);
      plots.add(
          new Plot("latency", cell.toString(), ticks, "microseconds", Scale.LOGARITHMIC, curves));
    }
  }
}
