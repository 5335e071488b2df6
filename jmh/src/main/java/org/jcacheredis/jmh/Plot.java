// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one plot shows.
 *
 * @param title what was measured
 * @param subtitle under which circumstances
 * @param across the axis from left to right, with its ticks
 * @param unit of the axis upwards
 * @param scale of the axis upwards
 * @param curves one for each contender or rival
 */
record Plot(
    String title, String subtitle, Ticks across, String unit, Scale scale, List<Curve> curves) {

  /** The axis from left to right. */
  record Ticks(String title, List<String> labels, Line line) {
    Ticks {
      labels = List.copyOf(labels);
    }
  }

  /**
   * One contender's points.
   *
   * @param contender decides the colour
   * @param points one for each tick, nothing where the contender gave no figure
   */
  record Curve(String name, String contender, List<Optional<Spread>> points) {
    Curve {
      points = List.copyOf(points);
    }
  }

  /** Whether points are joined. */
  enum Line {
    JOINED,
    NONE
  }

  /** How figures lie on the axis upwards. */
  enum Scale {
    LINEAR,
    LOGARITHMIC
  }

  Plot {
    curves = List.copyOf(curves);
  }

  /** A file name that says what the plot shows, the same in each run of the same cells. */
  String fileName() {
    String words = (title + " " + subtitle).toLowerCase(Locale.ROOT).replaceAll("(?<=\\d),", "");
    return words.replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "") + ".svg";
  }
}
