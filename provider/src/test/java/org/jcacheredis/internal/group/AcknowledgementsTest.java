// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final long ALL = Long.MAX_VALUE;

  private final AtomicLong nanos = new AtomicLong();
  private final Acknowledgements acknowledgements = new Acknowledgements(nanos::get);

  @Test
  void await_nothingExpected_returnsAtOnce() {
    assertThat(acknowledgements.await(1, ALL, LONG)).isTrue();
  }

  @Test
  void await_answersCameBefore_returnsAtOnce() {
    acknowledgements.expect(1, 2);
    acknowledgements.answered(1, 10);
    acknowledgements.answered(1, 11);

    assertThat(acknowledgements.await(1, ALL, LONG)).isTrue();
    assertThat(acknowledgements.size()).isZero();
  }

  @Test
  void expect_nobodyAwaits_forgetsWhatIsFarBehind() {
    for (int i = 0; i < 1_000_000; i++) {
      acknowledgements.expect(i, 1);
    }

    assertThat(acknowledgements.size()).isLessThan(300_000);
    assertThat(acknowledgements.await(1, ALL, LONG)).isTrue();
  }

  @Test
  void await_oneNodeAnswersTwice_countsOnce() {
    acknowledgements.expect(1, 2);
    acknowledgements.answered(1, 10);
    acknowledgements.answered(1, 10);

    assertThat(acknowledgements.await(1, ALL, SHORT)).isFalse();
    assertThat(acknowledgements.size()).isZero();
  }

  @Test
  void await_answerComesMeanwhile_returns() throws Exception {
    acknowledgements.expect(1, 1);
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> acknowledgements.await(1, ALL, LONG));

    acknowledgements.answered(1, 10);

    assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void await_fewerAreWaitedFor_returnsAtOnce() {
    acknowledgements.expect(1, 3);

    assertThat(acknowledgements.await(1, 0, LONG)).isTrue();
  }

  @Test
  void await_interrupted_returnsAndKeepsTheInterrupt() {
    acknowledgements.expect(1, 1);
    Thread.currentThread().interrupt();

    assertThat(acknowledgements.await(1, ALL, LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void answered_unknown_isIgnored() {
    acknowledgements.answered(1, 10);

    assertThat(acknowledgements.size()).isZero();
  }

  @Test
  void sweep_forgetsWhatNobodyCameToAwait() {
    acknowledgements.expect(1, 1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(59));
    acknowledgements.sweep();
    assertThat(acknowledgements.size()).isOne();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    acknowledgements.sweep();

    assertThat(acknowledgements.size()).isZero();
  }
}
