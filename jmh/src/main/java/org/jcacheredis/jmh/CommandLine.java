// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;
import org.openjdk.jmh.annotations.Mode;

/** The options as the library wants them declared; lists are separated by commas. */
final class CommandLine {
  private final OptionParser parser = new OptionParser();
  private final OptionSpec<Void> full =
      parser.accepts("full", "the full set, for longer; hours instead of minutes");
  private final OptionSpec<Void> latency =
      parser.accepts("latency", "how long calls take instead of how many there are");
  private final OptionSpec<String> benchmarks =
      list("benchmarks", "some of " + String.join(",", Sets.ALL), String.class);
  private final OptionSpec<Integer> reads =
      list("reads", "reads in 100 calls of benchmark mix", Integer.class);
  private final OptionSpec<Integer> threads = list("threads", "platform threads", Integer.class);
  private final OptionSpec<Integer> virtual = list("virtual", "virtual threads", Integer.class);
  private final OptionSpec<Integer> sizes = list("size", "characters in a value", Integer.class);
  private final OptionSpec<Integer> entries = list("entries", "entries in a cache", Integer.class);
  private final OptionSpec<String> contenders =
      list("contenders", "some of " + String.join(",", Contender.labels()), String.class);
  private final OptionSpec<Integer> rounds =
      parser.accepts("rounds", "turns of each contender").withRequiredArg().ofType(Integer.class);
  private final OptionSpec<Double> warmup = seconds("warmup");
  private final OptionSpec<Double> measurement = seconds("measurement");
  private final OptionSpec<String> output =
      parser.accepts("output", "directory for results").withRequiredArg().defaultsTo("target");

  CompareOptions parse(String... arguments) {
    OptionSet given = parser.parse(arguments);
    boolean all = given.has(full);
    List<Group> set = all ? Sets.FULL : Sets.SHORT;
    return new CompareOptions(
        set.stream().map(group -> changed(group, given)).toList(),
        or(given, rounds, List.of(3)).get(0),
        or(given, warmup, List.of(all ? 3.0 : 1.0)).get(0),
        or(given, measurement, List.of(all ? 5.0 : 2.0)).get(0),
        Path.of(given.valueOf(output)));
  }

  void printHelp() {
    try {
      parser.printHelpOn(System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Group changed(Group group, OptionSet given) {
    return new Group(
        given.has(latency) ? Mode.SampleTime : group.mode(),
        or(given, benchmarks, group.benchmarks()),
        or(given, reads, group.reads()),
        or(given, sizes, group.sizes()),
        or(given, entries, group.entries()),
        given.has(threads) || given.has(virtual) ? workers(given) : group.workers(),
        or(given, contenders, group.contenders()));
  }

  private List<Workers> workers(OptionSet given) {
    return Stream.concat(
            given.valuesOf(threads).stream().map(Workers::platform),
            given.valuesOf(virtual).stream().map(Workers::virtual))
        .toList();
  }

  private <T> OptionSpec<T> list(String name, String meaning, Class<T> type) {
    return parser.accepts(name, meaning).withRequiredArg().ofType(type).withValuesSeparatedBy(',');
  }

  private OptionSpec<Double> seconds(String name) {
    return parser.accepts(name, "seconds in each turn").withRequiredArg().ofType(Double.class);
  }

  private static <T> List<T> or(OptionSet given, OptionSpec<T> option, List<T> defaults) {
    return given.has(option) ? given.valuesOf(option) : defaults;
  }
}
