// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseClockTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @AutoClose("shutdownNow")
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  private final AtomicLong nanos = new AtomicLong(5);

  private CoarseClock clock(Duration step) {
    timer.setRemoveOnCancelPolicy(true);
    return new CoarseClock(nanos::get, step, timer);
  }

  @Test
  void read_betweenSteps_readsNoOtherClock() {
    AtomicInteger reads = new AtomicInteger();
    try (CoarseClock clock = new CoarseClock(reads::incrementAndGet, NEVER, timer)) {
      assertThat(clock.read()).isEqualTo(1);
      assertThat(clock.read()).isEqualTo(1);
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void read_afterAStep_followsTheOtherClock() {
    try (CoarseClock clock = clock(Duration.ofMillis(1))) {
      assertThat(clock.read()).isEqualTo(5);
      nanos.set(-7);
      Awaitility.await().until(() -> clock.read() == -7);
    }
  }

  @Test
  void close_endsTheSteps() {
    CoarseClock clock = clock(NEVER);
    assertThat(timer.getQueue()).hasSize(1);
    clock.close();
    assertThat(timer.getQueue()).isEmpty();
    assertThat(clock.read()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"PT0.001S, PT0.001S", "PT0.16S, PT0.01S", "PT10S, PT0.625S", "PT24H, PT1S"})
  void step_ofATtl_isASmallPartOfIt(Duration ttl, Duration step) {
    assertThat(LocalTier.step(ttl)).isEqualTo(step);
  }
}
