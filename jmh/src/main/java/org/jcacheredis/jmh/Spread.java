// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** What the rounds gave: the lowest, the middle and the highest figure. */
record Spread(double low, double median, double high) {

  /** Nothing where there are no figures. */
  static Optional<Spread> of(DoubleStream figures) {
    double[] ascending = figures.toArray();
    Arrays.sort(ascending);
    int count = ascending.length;
    return count == 0
        ? Optional.empty()
        : Optional.of(new Spread(ascending[0], median(ascending), ascending[count - 1]));
  }

  private static double median(double[] ascending) {
    int middle = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[middle]
        : (ascending[middle - 1] + ascending[middle]) / 2;
  }
}
