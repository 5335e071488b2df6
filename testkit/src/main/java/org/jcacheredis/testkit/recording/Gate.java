// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a collaborator does before its work: nothing, wait for a latch, throw. Thread-safe. */
final class Gate {
  private static final long LIMIT_SECONDS = 60;

  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable CountDownLatch latch;

  void failWith(@Nullable RuntimeException exception) {
    failure = exception;
  }

  void waitFor(@Nullable CountDownLatch opening) {
    latch = opening;
  }

  void pass() {
    CountDownLatch opening = latch;
    if (opening != null) {
      await(opening);
    }
    RuntimeException exception = failure;
    if (exception != null) {
      throw exception;
    }
  }

  private static void await(CountDownLatch opening) {
    try {
      if (!opening.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the test's latch stayed closed for " + LIMIT_SECONDS + " s; count it down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the test's latch", e);
    }
  }
}
