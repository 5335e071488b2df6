// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.nio.file.Path;
import java.util.List;

/**
 * What the launcher was asked to run.
 *
 * @param groups what is measured; the first contender of a group is compared with the others
 * @param rounds how often each contender gets its turn, each time in a fresh JVM
 * @param warmup seconds before measuring, in each turn
 * @param measurement seconds of measuring, in each turn
 * @param output the directory for the JSON and the table
 */
record CompareOptions(
    List<Group> groups, int rounds, double warmup, double measurement, Path output) {

  CompareOptions {
    groups = List.copyOf(groups);
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
    return new CommandLine().parse(arguments);
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
