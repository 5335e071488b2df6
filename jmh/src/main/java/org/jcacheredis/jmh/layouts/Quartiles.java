// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.Arrays;
import java.util.Locale;

/** Where the middle half of some figures lies. */
record Quartiles(double low, double middle, double high) {

  /** Those of one figure or more. */
  static Quartiles of(double... figures) {
    double[] ascending = figures.clone();
    Arrays.sort(ascending);
    int count = ascending.length;
    return new Quartiles(ascending[count / 4], ascending[count / 2], ascending[3 * count / 4]);
  }

  /** Those of ours by theirs, each within its block. */
  static Quartiles ofRatios(double[] ours, double[] theirs) {
    double[] ratios = new double[ours.length];
    Arrays.setAll(ratios, block -> ours[block] / theirs[block]);
    return of(ratios);
  }

  /** As a ratio, for people. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f [%.2f..%.2f]", middle, low, high);
  }
}
