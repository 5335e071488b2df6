// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.Locale;

/** What can be measured. */
enum Measure {
  /** How long it takes to empty a cache among keys of others. */
  CLEAR,
  /** How long it takes to count and to walk through a cache among keys of others. */
  WALK,
  /** What an entry takes. */
  MEMORY,
  /** What caches with few entries take, and their calls. */
  SMALL,
  /** How many single calls there are. */
  CALLS;

  /** The name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Measures it, with each arrangement beside the others. */
  Table run(LayoutOptions options) {
    return switch (this) {
      case CLEAR -> new Clearing(options).table();
      case WALK -> new Walking(options).table();
      case MEMORY -> new Filling(options).table();
      case SMALL -> new FewEntries(options).table();
      case CALLS -> new Calling(options).table();
    };
  }
}
