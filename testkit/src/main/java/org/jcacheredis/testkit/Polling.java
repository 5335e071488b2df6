// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does and tells nobody about. */
final class Polling {
  private static final long PAUSE_NANOS = 2_000_000;

  private Polling() {}

  /** True as soon as the condition holds, false when it did not within the time. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  /** Like {@link #until}, with an exception that names what was waited for. */
  static void require(Duration limit, String what, BooleanSupplier condition) {
    if (!until(limit, condition)) {
      throw new IllegalStateException(what + " did not happen within " + limit.toMillis() + " ms");
    }
  }
}
