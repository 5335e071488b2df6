// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import joptsimple.OptionException;
import org.jcacheredis.testkit.TestServers;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Runs the contenders against one Redis, prints how they compare and draws it. The server is the
 * one that {@code REDIS_URL} names, else a real one that is started here and ends with this
 * process.
 */
public final class Compare {
  private final CompareOptions options;
  private final String command;

  private Compare(CompareOptions options, String command) {
    this.options = options;
    this.command = command;
  }

  /** Ends with status 1 when a run failed, 2 when an option is wrong. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    if (List.of(arguments).contains("--help")) {
      CompareOptions.printHelp();
      return;
    }
    try {
      CompareOptions options = CompareOptions.parse(arguments);
      options.groups().forEach(group -> group.contenders().forEach(Contender::named));
      System.exit(new Compare(options, CompareOptions.measured(arguments)).run() ? 0 : 1);
    } catch (OptionException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private boolean run() throws IOException {
    List<Path> drawn = options.files().draw();
    if (!drawn.isEmpty()) {
      show(Report.read(drawn));
      return true;
    }
    return measure();
  }

  private boolean measure() throws IOException {
    Path output = options.files().output();
    Files.createDirectories(output);
    Path notes = output.resolve("compare-notes.txt").toAbsolutePath();
    Files.deleteIfExists(notes);
    URI server = TestServers.shared().uri();
    String machine = Machine.describe(server, options);
    Rounds rounds =
        new Rounds(options.groups(), options.timing().rounds(), new Forks(options, server, notes));
    rounds.run();

    try (PrintStream out = new PrintStream(output.resolve("jmh.json").toFile(), "UTF-8")) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(rounds.results());
    }
    Report report = new Report(machine, command, rounds.scores(), notes(notes, rounds));
    report.write(output.resolve("compare.json"));
    if (options.files().data().isPresent()) {
      Path data = options.files().data().get().toAbsolutePath();
      Files.createDirectories(data.getParent());
      report.write(data);
    }
    show(report);
    return rounds.failed() == 0;
  }

  private static List<String> notes(Path file, Rounds rounds) throws IOException {
    List<String> notes = new ArrayList<>();
    if (Files.exists(file)) {
      notes.addAll(Files.readAllLines(file));
    }
    if (rounds.failed() > 0) {
      notes.add("%d of %d runs failed".formatted(rounds.failed(), rounds.count()));
    }
    return notes;
  }

  private void show(Report report) throws IOException {
    Path table = options.files().output().resolve("compare.md").toAbsolutePath();
    Files.createDirectories(table.getParent());
    Files.writeString(table, report.markdown());
    System.out.printf("%n%s%nThe same in %s%n", report.markdown(), table);
    if (options.files().plots().isPresent()) {
      draw(report, options.files().plots().get());
    }
  }

  private static void draw(Report report, Path directory) throws IOException {
    Files.createDirectories(directory);
    SvgChart chart = new SvgChart(report.machine() + "\n" + report.command());
    for (Plot plot : new Plots(report.scores()).all()) {
      Path file = directory.resolve(plot.fileName());
      chart.draw(plot, file);
      System.out.println(file);
    }
  }
}
