// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import joptsimple.OptionException;
import org.jcacheredis.jmh.Machine;

/**
 * Measures what whole caches cost on the server, each layout beside the others, on real servers
 * that are started here and end with this process.
 */
public final class Layouts {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Layouts() {}

  /** What is written as JSON. */
  record Report(String machine, String command, List<Table> tables) {}

  /** Ends with status 2 when an option is wrong. */
  public static void main(String[] arguments) throws IOException {
    LayoutCommandLine line = new LayoutCommandLine(arguments);
    if (line.wantsHelp()) {
      line.printHelp();
      return;
    }
    try {
      measure(line);
    } catch (OptionException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void measure(LayoutCommandLine line) throws IOException {
    LayoutOptions options = line.options();
    List<Table> tables = new ArrayList<>();
    for (Measure measure : options.measures()) {
      Table table = measure.run(options);
      tables.add(table);
      System.out.printf("%n%s", table.markdown());
    }
    Report report = new Report(Machine.here(), line.measured(), tables);
    System.out.printf("%n%s: `%s`%n", report.machine(), report.command());
    Path file = line.data().toAbsolutePath();
    Files.createDirectories(file.getParent());
    JSON.writeValue(file.toFile(), report);
    System.out.printf("The same in %s%n", file);
  }
}
