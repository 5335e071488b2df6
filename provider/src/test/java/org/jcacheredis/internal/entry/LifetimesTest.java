// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimesTest {
  private static final int SAMPLES = 20_000;
  private static final long TOO_LONG = 1L << 45;

  static Stream<Arguments> policyAnswers() {
    return Stream.of(
        Arguments.of(null, Lifetimes.UNCHANGED),
        Arguments.of(Duration.ETERNAL, Lifetimes.ETERNAL),
        Arguments.of(Duration.ZERO, Lifetimes.ZERO),
        Arguments.of(new Duration(TimeUnit.HOURS, 0), Lifetimes.ZERO),
        Arguments.of(new Duration(TimeUnit.MILLISECONDS, 1), 1L),
        Arguments.of(new Duration(TimeUnit.DAYS, 2), 172_800_000L),
        Arguments.of(new Duration(TimeUnit.MILLISECONDS, TOO_LONG - 1), TOO_LONG - 1),
        Arguments.of(new Duration(TimeUnit.MILLISECONDS, TOO_LONG), Lifetimes.ETERNAL),
        Arguments.of(new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE), Lifetimes.ETERNAL),
        Arguments.of(new Duration(TimeUnit.SECONDS, Long.MAX_VALUE), Lifetimes.ETERNAL),
        Arguments.of(new Duration(TimeUnit.DAYS, Long.MAX_VALUE / 1000), Lifetimes.ETERNAL));
  }

  @ParameterizedTest
  @MethodSource("policyAnswers")
  void millis_ofAPolicysAnswer_neverOverflows(Duration answer, long millis) {
    assertThat(Lifetimes.millis(answer)).isEqualTo(millis);
  }

  static Stream<Arguments> ownDurations() {
    return Stream.of(
        Arguments.of(java.time.Duration.ZERO, Lifetimes.ZERO),
        Arguments.of(java.time.Duration.ofNanos(1), 1L),
        Arguments.of(java.time.Duration.ofNanos(999_999), 1L),
        Arguments.of(java.time.Duration.ofNanos(1_999_999), 1L),
        Arguments.of(java.time.Duration.ofMillis(1), 1L),
        Arguments.of(java.time.Duration.ofDays(36_500), 3_153_600_000_000L),
        Arguments.of(java.time.Duration.ofMillis(Long.MAX_VALUE), Lifetimes.ETERNAL),
        Arguments.of(java.time.Duration.ofSeconds(Long.MAX_VALUE), Lifetimes.ETERNAL));
  }

  @ParameterizedTest
  @MethodSource("ownDurations")
  void millis_ofADuration_roundsUpOnlyBelowOneMillisecond(java.time.Duration own, long millis) {
    assertThat(Lifetimes.millis(own)).isEqualTo(millis);
  }

  @Test
  void jittered_byZero_isTheSame() {
    Lifetimes lifetimes = new Lifetimes(1000, 2000, 3000);
    assertThat(lifetimes.jittered(0)).isSameAs(lifetimes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 50, 100})
  void jittered_manyTimes_staysWithinThePercentage(int percent) {
    Lifetimes lifetimes = Lifetimes.of(100_000);
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Lifetimes jittered = lifetimes.jittered(percent);
      assertThat(jittered.isUniform()).isTrue();
      shortest = Math.min(shortest, jittered.onCreation());
      longest = Math.max(longest, jittered.onCreation());
    }
    long spread = 1000L * percent;
    assertThat(shortest).isBetween(Math.max(1, 100_000 - spread), 100_000 - spread * 9 / 10);
    assertThat(longest).isBetween(100_000 - spread / 10, 100_000L);
  }

  @Test
  void jittered_namedValues_areUntouched() {
    Lifetimes lifetimes = new Lifetimes(Lifetimes.ETERNAL, Lifetimes.UNCHANGED, Lifetimes.ZERO);
    assertThat(lifetimes.jittered(100)).isEqualTo(lifetimes);
  }

  @Test
  void jittered_oneMillisecond_neverBecomesZero() {
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(Lifetimes.of(1).jittered(100).onCreation()).isEqualTo(1);
    }
  }

  @Test
  void isUniform_differentUpdate_isFalse() {
    assertThat(Lifetimes.of(5).isUniform()).isTrue();
    assertThat(new Lifetimes(5, Lifetimes.UNCHANGED, 5).isUniform()).isFalse();
  }
}
