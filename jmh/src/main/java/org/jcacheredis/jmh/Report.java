// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run found; what it prints and draws can be made again from its JSON.
 *
 * @param machine processor, operating system, Java and Redis
 * @param command the options of the run
 * @param notes what forks had to say, and failures
 */
record Report(String machine, String command, List<Score> scores, List<String> notes) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  Report {
    scores = List.copyOf(scores);
    notes = List.copyOf(notes);
  }

  /** Reads what {@link #write} wrote; several reports become one. */
  static Report read(List<Path> files) throws IOException {
    List<Report> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(JSON.readValue(file.toFile(), Report.class));
    }
    return new Report(
        distinct(reports, Report::machine),
        distinct(reports, Report::command),
        reports.stream().flatMap(report -> report.scores.stream()).toList(),
        reports.stream().flatMap(report -> report.notes.stream()).toList());
  }

  /** Writes everything as JSON. */
  void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }

  /** Every table and note, as Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder(machine).append(": `").append(command).append("`\n\n");
    for (Metric metric : Metric.values()) {
      for (Contender.Place place : Contender.Place.values()) {
        Figures figures = new Figures(metric, place, scores);
        if (!figures.cells().isEmpty()) {
          text.append(new RatioTable(figures).render()).append('\n');
        }
      }
    }
    notes.forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString();
  }

  private static String distinct(List<Report> reports, Function<Report, String> part) {
    return reports.stream().map(part).distinct().collect(Collectors.joining("; "));
  }
}
