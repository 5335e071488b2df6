// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts that double, with jitter, so that many clients do not come at once. */
final class BackOff {
  private static final Duration FIRST = Duration.ofMillis(10);
  private static final int LARGEST_SHIFT = 20;

  private int failures;

  /** Half of what is due up to all of it. */
  long nextMillis(Duration longest) {
    long due = Math.min(FIRST.toMillis() << failures, longest.toMillis());
    failures = Math.min(failures + 1, LARGEST_SHIFT);
    return ThreadLocalRandom.current().nextLong(due / 2, due + 1);
  }

  void reset() {
    failures = 0;
  }
}
