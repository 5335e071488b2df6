// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import joptsimple.ArgumentAcceptingOptionSpec;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/** The options of {@link Layouts}; lists are separated by commas. */
final class LayoutCommandLine {
  private final OptionParser parser = new OptionParser();
  private final OptionSpec<Void> help = parser.accepts("help", "this list");
  private final OptionSpec<String> measures =
      list("measures", "some of " + labels(), String.class).defaultsTo(labels().split(",", -1));
  private final OptionSpec<String> layouts =
      list("layouts", "keys, hash or, with partitions, hash-64", String.class)
          .defaultsTo("keys", "hash");
  private final OptionSpec<Integer> entries =
      list("entries", "in a cache, instead of the measure's own choice", Integer.class);
  private final OptionSpec<Integer> foreign =
      number("foreign", "keys of others, where they matter", 1_000_000);
  private final OptionSpec<Integer> size = number("size", "characters in a value", 100);
  private final OptionSpec<Integer> rounds = number("rounds", "turns of each layout", 3);
  private final OptionSpec<String> data =
      parser
          .accepts("data", "the file for the JSON")
          .withRequiredArg()
          .defaultsTo("target/layouts.json");
  private final OptionSet given;

  /**
   * Reads the command line.
   *
   * @throws joptsimple.OptionException naming the option that is unknown or cannot be read
   */
  LayoutCommandLine(String... arguments) {
    given = parser.parse(arguments);
  }

  boolean wantsHelp() {
    return given.has(help);
  }

  void printHelp() throws IOException {
    parser.printHelpOn(System.out);
  }

  /**
   * What to measure.
   *
   * @throws IllegalArgumentException naming what is unknown and what was expected
   */
  LayoutOptions options() {
    return new LayoutOptions(
        given.valuesOf(measures).stream().map(LayoutCommandLine::measure).toList(),
        given.valuesOf(layouts).stream().map(Arrangement::parse).toList(),
        given.valuesOf(entries),
        given.valueOf(foreign),
        given.valueOf(size),
        given.valueOf(rounds));
  }

  /** Where the JSON goes. */
  Path data() {
    return Path.of(given.valueOf(data));
  }

  /** The arguments that decide what is measured. */
  String measured() {
    return given.specs().stream()
        .filter(spec -> !spec.equals(data))
        .map(spec -> "--" + spec.options().get(0) + " " + values(spec))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private String values(OptionSpec<?> spec) {
    return given.valuesOf(spec).stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private static Measure measure(String label) {
    return Arrays.stream(Measure.values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "measure '" + label + "' is unknown; expected some of " + labels()));
  }

  private static String labels() {
    return Arrays.stream(Measure.values()).map(Measure::label).collect(Collectors.joining(","));
  }

  private <T> ArgumentAcceptingOptionSpec<T> list(String name, String meaning, Class<T> type) {
    return parser.accepts(name, meaning).withRequiredArg().ofType(type).withValuesSeparatedBy(',');
  }

  private OptionSpec<Integer> number(String name, String meaning, int usual) {
    return parser.accepts(name, meaning).withRequiredArg().ofType(Integer.class).defaultsTo(usual);
  }
}
