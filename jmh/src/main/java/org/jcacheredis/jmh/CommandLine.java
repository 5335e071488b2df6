// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;
import org.openjdk.jmh.annotations.Mode;

/** The options as the library wants them declared; lists are separated by commas. */
final class CommandLine {
  private final OptionParser parser = new OptionParser();
  private final OptionSpec<Void> full =
      parser.accepts("full", "the full set, for longer; an hour and a half");
  private final OptionSpec<Void> quick =
      parser.accepts("short", "the short set, in under ten minutes; so does no option at all");
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
  private final OptionSpec<String> profilers =
      list(
          "profile",
          "profilers of the benchmark kit; gc tells what a call allocates",
          String.class);
  private final OptionSpec<String> javaHome = path("java-home", "the JDK of the forks");
  private final OptionSpec<String> output = path("output", "directory for results; target");
  private final OptionSpec<String> plots = path("plots", "directory to draw plots in; none");
  private final OptionSpec<String> data = path("data", "a second file for the JSON");
  private final OptionSpec<String> draw =
      list("draw", "files of JSON to draw again; nothing is measured", String.class);

  /** The arguments that decide what is measured, without those that name places. */
  String measured(String... arguments) {
    OptionSet given = parser.parse(arguments);
    List<OptionSpec<?>> places = List.of(javaHome, output, plots, data);
    String text =
        given.asMap().entrySet().stream()
            .filter(option -> given.has(option.getKey()) && !places.contains(option.getKey()))
            .map(option -> text(option.getKey(), option.getValue()))
            .sorted()
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? "--short" : text;
  }

  CompareOptions parse(String... arguments) {
    OptionSet given = parser.parse(arguments);
    requireOne(given);
    boolean all = given.has(full);
    ForkJvm jvm =
        ForkJvm.in(value(given, javaHome).orElse(Path.of(System.getProperty("java.home"))));
    requireVirtual(given, jvm);
    return new CompareOptions(
        set(given).stream().map(group -> changed(group, given, jvm)).toList(),
        new CompareOptions.Timing(
            or(given, rounds, List.of(3)).get(0),
            or(given, warmup, List.of(all ? 3.0 : 1.0)).get(0),
            or(given, measurement, List.of(all ? 5.0 : 2.0)).get(0)),
        jvm,
        given.valuesOf(profilers),
        files(given));
  }

  private List<Group> set(OptionSet given) {
    if (given.has(full)) {
      return Sets.FULL;
    }
    boolean own =
        Stream.of(benchmarks, reads, threads, virtual, sizes, entries).anyMatch(given::has);
    return own && !given.has(quick) ? Sets.OWN : Sets.SHORT;
  }

  private CompareOptions.Files files(OptionSet given) {
    return new CompareOptions.Files(
        given.valuesOf(draw).stream().map(Path::of).toList(),
        value(given, output).orElse(Path.of("target")),
        value(given, data),
        value(given, plots));
  }

  private void requireOne(OptionSet given) {
    if (given.has(full) && given.has(quick)) {
      throw new IllegalArgumentException("options 'full' and 'short' are both given; choose one");
    }
  }

  private void requireVirtual(OptionSet given, ForkJvm jvm) {
    if (given.has(virtual) && !jvm.hasVirtualThreads()) {
      throw new IllegalArgumentException(
          "option 'virtual' is given, but Java "
              + jvm.version()
              + " has no virtual threads; name a JDK 21 or newer with --java-home");
    }
  }

  void printHelp() {
    try {
      parser.printHelpOn(System.out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Group changed(Group group, OptionSet given, ForkJvm jvm) {
    return new Group(
        given.has(latency) ? Mode.SampleTime : group.mode(),
        or(given, benchmarks, group.benchmarks()),
        or(given, reads, group.reads()),
        or(given, sizes, group.sizes()),
        or(given, entries, group.entries()),
        given.has(threads) || given.has(virtual) ? workers(given) : possible(group, jvm),
        or(given, contenders, group.contenders()));
  }

  private List<Workers> workers(OptionSet given) {
    return Stream.concat(
            given.valuesOf(threads).stream().map(Workers::platform),
            given.valuesOf(virtual).stream().map(Workers::virtual))
        .toList();
  }

  private static List<Workers> possible(Group group, ForkJvm jvm) {
    return group.workers().stream()
        .filter(each -> each.kind() == Workers.Kind.PLATFORM || jvm.hasVirtualThreads())
        .toList();
  }

  private OptionSpec<String> path(String name, String meaning) {
    return parser.accepts(name, meaning).withRequiredArg();
  }

  private static Optional<Path> value(OptionSet given, OptionSpec<String> option) {
    return Optional.ofNullable(given.valueOf(option)).map(Path::of);
  }

  private <T> OptionSpec<T> list(String name, String meaning, Class<T> type) {
    return parser.accepts(name, meaning).withRequiredArg().ofType(type).withValuesSeparatedBy(',');
  }

  private OptionSpec<Double> seconds(String name) {
    return parser.accepts(name, "seconds in each turn").withRequiredArg().ofType(Double.class);
  }

  private static String text(OptionSpec<?> option, List<?> values) {
    String list = values.stream().map(Object::toString).collect(Collectors.joining(","));
    return "--" + option.options().get(0) + (list.isEmpty() ? "" : " " + list);
  }

  private static <T> List<T> or(OptionSet given, OptionSpec<T> option, List<T> defaults) {
    return given.has(option) ? given.valuesOf(option) : defaults;
  }
}
