// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a wish hears of its fate in time, and not of another one's. */
@Timeout(20)
class WishesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final Wishes wishes = new Wishes("__keyspace@0__:");

  @BeforeEach
  void wantSomething() {
    wishes.want(wanted("a"));
  }

  @Test
  void want_theSameAgain_isNoNewVersion() {
    long version = wishes.current().version();
    wishes.want(wanted("a"));
    assertThat(wishes.current().version()).isEqualTo(version);
    wishes.want(wanted("b"));
    assertThat(wishes.current().version()).isGreaterThan(version);
  }

  @Test
  void await_confirmedByAnotherThread_isTrue() {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> wishes.await(LONG));
    wishes.confirmed(wishes.current().version());
    assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
    assertThat(wishes.isUp()).isTrue();
  }

  @Test
  void await_anOlderVersionConfirmed_waitsOn() {
    wishes.confirmed(wishes.current().version());
    wishes.want(wanted("b"));
    assertThat(wishes.await(SHORT)).isFalse();
    assertThat(wishes.isUp()).isTrue();
    wishes.confirmed(wishes.current().version());
    assertThat(wishes.await(SHORT)).isTrue();
  }

  @Test
  void await_afterAFailure_isFalseAtOnce() {
    wishes.failed();
    assertThat(wishes.await(LONG)).isFalse();
    wishes.want(wanted("b"));
    assertThat(wishes.await(LONG)).isFalse();
  }

  @Test
  void await_afterALoss_waitsForTheNextAttempt() {
    wishes.confirmed(wishes.current().version());
    wishes.lost();
    assertThat(wishes.isUp()).isFalse();
    assertThat(wishes.await(SHORT)).isFalse();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> wishes.await(LONG));
    wishes.failed();
    assertThat(waiting).succeedsWithin(LONG).isEqualTo(false);
  }

  @Test
  void await_afterARefusal_isFalseUntilSomethingElseIsWanted() {
    wishes.refused(wishes.current().version());
    assertThat(wishes.await(LONG)).isFalse();
    wishes.want(wanted("b"));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> wishes.await(LONG));
    wishes.confirmed(wishes.current().version());
    assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
  }

  @Test
  void refused_ofAnOlderVersion_leavesHopeForTheNewOne() {
    long old = wishes.current().version();
    wishes.want(wanted("b"));
    wishes.refused(old);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> wishes.await(LONG));
    wishes.confirmed(wishes.current().version());
    assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
  }

  @Test
  void close_endsEveryWait() throws Exception {
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> wishes.await(LONG));
    wishes.close();
    wishes.pause(LONG.toMillis(), Wishes.ANY);
    assertThat(waiting).succeedsWithin(LONG).isEqualTo(false);
    wishes.confirmed(wishes.current().version());
    assertThat(wishes.isUp()).isFalse();
    assertThat(wishes.await(LONG)).isFalse();
  }

  @Test
  void await_interrupted_isFalseAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThat(wishes.await(LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void pause_forAVersion_endsWhenAnotherIsWanted() {
    long version = wishes.current().version();
    CompletableFuture<Void> pause =
        CompletableFuture.runAsync(
            () -> {
              try {
                wishes.pause(LONG.toMillis(), version);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    wishes.want(wanted("b"));
    await().until(pause::isDone);
    assertThat(pause).isCompleted();
  }

  @Test
  void backOff_doublesWithJitter_upToTheLongest() {
    BackOff backOff = new BackOff();
    Duration longest = Duration.ofSeconds(1);
    assertThat(backOff.nextMillis(longest)).isBetween(5L, 10L);
    assertThat(backOff.nextMillis(longest)).isBetween(10L, 20L);
    for (int i = 0; i < 100; i++) {
      backOff.nextMillis(longest);
    }
    assertThat(backOff.nextMillis(longest)).isBetween(500L, 1000L);
    backOff.reset();
    assertThat(backOff.nextMillis(longest)).isBetween(5L, 10L);
  }

  private static Wanted wanted(String channel) {
    return new Wanted(Set.of(channel), Set.of(), null);
  }
}
