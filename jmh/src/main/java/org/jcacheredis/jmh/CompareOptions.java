// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/**
 * What the launcher was asked to run.
 *
 * @param rounds how often each contender gets its turn, each time in a fresh JVM
 * @param warmup seconds before measuring, in each round
 * @param measurement seconds of measuring, in each round
 * @param size characters in a value
 * @param output the directory for the JSON and the table
 */
record CompareOptions(
    Metric metric,
    List<String> benchmarks,
    List<Integer> threads,
    List<String> contenders,
    int rounds,
    int warmup,
    int measurement,
    int size,
    Path output) {

  private static final List<String> ALL =
      List.of("get", "put", "putWithTtl", "getAll", "putAll", "invoke", "invokeHot");
  private static final List<String> SHORT = List.of("get", "put", "getAll", "invoke", "invokeHot");

  CompareOptions {
    benchmarks = List.copyOf(benchmarks);
    threads = List.copyOf(threads);
    contenders = List.copyOf(contenders);
    requireKnown(benchmarks);
    threads.forEach(count -> requirePositive("threads", count));
    requirePositive("rounds", rounds);
    requirePositive("warmup", warmup);
    requirePositive("measurement", measurement);
  }

  /**
   * Reads the command line; the short set where it says nothing.
   *
   * @throws joptsimple.OptionException naming the option that is unknown or cannot be read
   * @throws IllegalArgumentException naming the option, its value and what was expected
   */
  static CompareOptions parse(String... arguments) {
    return new Parser().parse(arguments);
  }

  /** The options with their meanings and defaults, for people. */
  static void printHelp() {
    new Parser().printHelp();
  }

  /** How many JVMs the run will start. */
  int forks() {
    return benchmarks.size() * threads.size() * contenders.size() * rounds;
  }

  private static void requireKnown(List<String> benchmarks) {
    for (String benchmark : benchmarks) {
      if (!ALL.contains(benchmark)) {
        throw new IllegalArgumentException(
            "benchmark '" + benchmark + "' is unknown; expected one of " + ALL);
      }
    }
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "option '" + option + "' is " + value + "; expected 1 or more");
    }
  }

  /** The options as the library wants them declared; lists are separated by commas. */
  private static final class Parser {
    private final OptionParser parser = new OptionParser();
    private final OptionSpec<Void> full =
        parser.accepts("full", "everything, at 1, 8, 32 and 64 threads, for longer");
    private final OptionSpec<Void> latency =
        parser.accepts("latency", "how long calls take instead of how many there are");
    private final OptionSpec<String> benchmarks =
        list("benchmarks", "some of " + String.join(",", ALL), String.class);
    private final OptionSpec<Integer> threads = list("threads", "thread counts", Integer.class);
    private final OptionSpec<String> contenders =
        list("contenders", "some of " + String.join(",", Contender.labels()), String.class);
    private final OptionSpec<Integer> rounds = number("rounds", "turns of each contender");
    private final OptionSpec<Integer> warmup = number("warmup", "seconds in each turn");
    private final OptionSpec<Integer> measurement = number("measurement", "seconds in each turn");
    private final OptionSpec<Integer> size = number("size", "characters in a value");
    private final OptionSpec<String> output =
        parser.accepts("output", "directory for results").withRequiredArg().defaultsTo("target");

    CompareOptions parse(String... arguments) {
      OptionSet given = parser.parse(arguments);
      boolean all = given.has(full);
      return new CompareOptions(
          given.has(latency) ? Metric.P99 : Metric.THROUGHPUT,
          or(given, benchmarks, all ? ALL : SHORT),
          or(given, threads, all ? List.of(1, 8, 32, 64) : List.of(1, 64)),
          or(given, contenders, Contender.labels()),
          or(given, rounds, List.of(3)).get(0),
          or(given, warmup, List.of(all ? 3 : 2)).get(0),
          or(given, measurement, List.of(all ? 5 : 2)).get(0),
          or(given, size, List.of(100)).get(0),
          Path.of(given.valueOf(output)));
    }

    void printHelp() {
      try {
        parser.printHelpOn(System.out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private <T> OptionSpec<T> list(String name, String meaning, Class<T> type) {
      return parser
          .accepts(name, meaning)
          .withRequiredArg()
          .ofType(type)
          .withValuesSeparatedBy(',');
    }

    private OptionSpec<Integer> number(String name, String meaning) {
      return parser.accepts(name, meaning).withRequiredArg().ofType(Integer.class);
    }

    private static <T> List<T> or(OptionSet given, OptionSpec<T> option, List<T> defaults) {
      return given.has(option) ? given.valuesOf(option) : defaults;
    }
  }
}
