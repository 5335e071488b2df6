// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Locale;

/** The threads that call at the same time. */
record Workers(int count, Kind kind) implements Comparable<Workers> {

  /** What a thread is; virtual ones need a JVM of version 21 or newer. */
  enum Kind {
    PLATFORM,
    VIRTUAL
  }

  static Workers platform(int count) {
    return new Workers(count, Kind.PLATFORM);
  }

  static Workers virtual(int count) {
    return new Workers(count, Kind.VIRTUAL);
  }

  /** For tables and axes, such as {@code 64} or {@code 1,000 virtual}. */
  String label() {
    return String.format(Locale.ROOT, "%,d%s", count, kind == Kind.VIRTUAL ? " virtual" : "");
  }

  /** For running text, such as {@code 1 thread} or {@code 1,000 virtual threads}. */
  String title() {
    return label() + (count == 1 ? " thread" : " threads");
  }

  /** Platform threads first, few before many. */
  @Override
  public int compareTo(Workers other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : Integer.compare(count, other.count);
  }
}
