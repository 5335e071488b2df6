// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the launcher was asked to run.
 *
 * @param groups what is measured; the first contender of a group is compared with the others
 * @param profilers of the benchmark kit, such as {@code gc}
 */
record CompareOptions(
    List<Group> groups, Timing timing, ForkJvm jvm, List<String> profilers, Files files) {

  /**
   * How long it all takes.
   *
   * @param rounds how often each contender gets its turn, each time in a fresh JVM
   * @param warmup seconds before measuring, in each turn
   * @param measurement seconds of measuring, in each turn
   */
  record Timing(int rounds, double warmup, double measurement) {
    Timing {
      requirePositive("rounds", rounds);
      requirePositive("warmup", warmup);
      requirePositive("measurement", measurement);
    }
  }

  /**
   * What is read and written.
   *
   * @param draw reports to draw again instead of measuring; none to measure
   * @param output the directory of the report
   * @param data a further file for the report's JSON
   * @param plots the directory of the plots
   */
  record Files(List<Path> draw, Path output, Optional<Path> data, Optional<Path> plots) {
    Files {
      draw = List.copyOf(draw);
    }
  }

  CompareOptions {
    groups = List.copyOf(groups);
    profilers = List.copyOf(profilers);
  }

  /**
   * Reads the command line; the short set where it says nothing.
   *
   * @throws joptsimple.OptionException naming the option that is unknown or cannot be read
   * @throws IllegalArgumentException naming the option, its value and what was expected
   */
  static CompareOptions parse(String... arguments) {
    return new CommandLine().parse(arguments);
  }

  /** The arguments without those that name places on this machine. */
  static String measured(String... arguments) {
    return new CommandLine().measured(arguments);
  }

  /** The options with their meanings and defaults, for people. */
  static void printHelp() {
    new CommandLine().printHelp();
  }

  private static void requirePositive(String option, double value) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          "option '" + option + "' is " + value + "; expected more than 0");
    }
  }
}
