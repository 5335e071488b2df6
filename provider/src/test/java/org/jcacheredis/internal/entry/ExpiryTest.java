// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpiryTest {
  private static final int SAMPLES = 2_000;
  private static final Duration MINUTE = new Duration(TimeUnit.SECONDS, 60);
  private static final Duration HOUR = new Duration(TimeUnit.HOURS, 1);
  private static final long KEEP = Lifetimes.UNCHANGED;
  private static final long MILLIS = 60_000;

  static Stream<Arguments> pure() {
    return Stream.of(
        Arguments.of(new EternalExpiryPolicy(), new Lifetimes(Lifetimes.ETERNAL, KEEP, KEEP)),
        Arguments.of(new CreatedExpiryPolicy(MINUTE), new Lifetimes(MILLIS, KEEP, KEEP)),
        Arguments.of(new ModifiedExpiryPolicy(MINUTE), new Lifetimes(MILLIS, MILLIS, KEEP)),
        Arguments.of(new AccessedExpiryPolicy(MINUTE), new Lifetimes(MILLIS, KEEP, MILLIS)),
        Arguments.of(new TouchedExpiryPolicy(MINUTE), new Lifetimes(MILLIS, MILLIS, MILLIS)),
        Arguments.of(
            new ConfiguredExpiry(HOUR, Duration.ZERO, MINUTE),
            new Lifetimes(60 * MILLIS, Lifetimes.ZERO, MILLIS)),
        Arguments.of(
            new ConfiguredExpiry(Duration.ETERNAL, null, null),
            new Lifetimes(Lifetimes.ETERNAL, KEEP, KEEP)));
  }

  @ParameterizedTest
  @MethodSource("pure")
  void purePolicy_anyOf_isKnownInAdvance(ExpiryPolicy policy, Lifetimes lifetimes) {
    Expiry expiry = new Expiry(policy, 0);
    assertThat(expiry.mustBeAsked()).isFalse();
    assertThat(expiry.fixed()).isEqualTo(lifetimes);
    assertThat(expiry.onAccess()).isEqualTo(lifetimes.onAccess());
    assertThat(expiry.policy()).isSameAs(policy);
  }

  @Test
  void ownPolicy_atConstruction_isNotAsked() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(HOUR, HOUR, HOUR);
    Expiry expiry = new Expiry(policy, 0);
    assertThat(expiry.mustBeAsked()).isTrue();
    assertThat(expiry.fixed()).isNull();
    assertCalls(policy, 0, 0, 0);
  }

  @Test
  void ownPolicy_inEachCase_isAskedThatQuestionOnce() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(MINUTE, HOUR, Duration.ZERO);
    Expiry expiry = new Expiry(policy, 0);
    assertThat(expiry.onCreation()).isEqualTo(MILLIS);
    assertCalls(policy, 1, 0, 0);
    assertThat(expiry.onAccess()).isEqualTo(60 * MILLIS);
    assertCalls(policy, 1, 1, 0);
    assertThat(expiry.onUpdate()).isEqualTo(Lifetimes.ZERO);
    assertCalls(policy, 1, 1, 1);
  }

  @Test
  void ownPolicy_thatSaysNull_isEternalOnCreationElseUnchanged() {
    Expiry expiry = new Expiry(RecordingExpiryPolicy.of(null, null, null), 0);
    assertThat(expiry.onCreation()).isEqualTo(Lifetimes.ETERNAL);
    assertThat(expiry.onUpdate()).isEqualTo(Lifetimes.UNCHANGED);
    assertThat(expiry.onAccess()).isEqualTo(Lifetimes.UNCHANGED);
  }

  @Test
  void ownPolicy_thatThrows_isEternalOnCreationElseUnchanged() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(HOUR, HOUR, HOUR);
    Stream.of(Call.values()).forEach(call -> policy.failWith(call, new RuntimeException("no")));
    Expiry expiry = new Expiry(policy, 0);
    assertThat(expiry.onCreation()).isEqualTo(Lifetimes.ETERNAL);
    assertThat(expiry.onUpdate()).isEqualTo(Lifetimes.UNCHANGED);
    assertThat(expiry.onAccess()).isEqualTo(Lifetimes.UNCHANGED);
    assertCalls(policy, 1, 1, 1);
  }

  @Test
  void jitter_ofEitherKindOfPolicy_shortensWithinThePercentage() {
    Expiry pure = new Expiry(new TouchedExpiryPolicy(MINUTE), 10);
    Expiry own = new Expiry(RecordingExpiryPolicy.of(MINUTE, MINUTE, MINUTE), 10);
    for (int i = 0; i < SAMPLES; i++) {
      Lifetimes fixed = Objects.requireNonNull(pure.fixed());
      assertThat(
              Stream.of(
                  fixed.onCreation(),
                  fixed.onUpdate(),
                  pure.onAccess(),
                  own.onCreation(),
                  own.onUpdate(),
                  own.onAccess()))
          .allSatisfy(millis -> assertThat(millis).isBetween(MILLIS * 9 / 10, MILLIS));
      assertThat(fixed.isUniform()).isTrue();
    }
  }

  private static void assertCalls(
      RecordingExpiryPolicy policy, int creation, int access, int update) {
    assertThat(policy.count(Call.CREATION)).as("creation").isEqualTo(creation);
    assertThat(policy.count(Call.ACCESS)).as("access").isEqualTo(access);
    assertThat(policy.count(Call.UPDATE)).as("update").isEqualTo(update);
  }
}
