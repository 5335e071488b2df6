// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.List;

/**
 * What the launcher was asked to measure.
 *
 * @param entries in a cache, for each measure anew; empty for its own choice
 * @param foreign keys of others on the server
 * @param size characters of a value
 * @param rounds how often what is timed is repeated
 */
record LayoutOptions(
    List<Measure> measures,
    List<Arrangement> arrangements,
    List<Integer> entries,
    int foreign,
    int size,
    int rounds) {

  LayoutOptions {
    measures = List.copyOf(measures);
    arrangements = List.copyOf(arrangements);
    entries = List.copyOf(entries);
  }

  /** How many entries there are to be, where the command line does not say. */
  List<Integer> entriesOr(Integer... own) {
    return entries.isEmpty() ? List.of(own) : entries;
  }
}
