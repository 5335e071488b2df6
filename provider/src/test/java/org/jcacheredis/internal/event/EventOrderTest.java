// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class EventOrderTest extends EventOrderFixture {
  @Test
  void foreign_several_areToldByThePoolInOrder() {
    foreign(KEY, "1");
    foreign(OTHER, "other");
    foreign(KEY, "2");
    assertThat(told).isEmpty();
    assertThat(pool).hasSize(2); // a task for each key
    drain();
    assertThat(told).containsExactly("1", "2", "other");
  }

  @Test
  void foreign_moreThanMayWait_isRefusedUntilSomeAreTold() {
    foreign(KEY, "1");
    foreign(KEY, "2");
    foreign(OTHER, "3");
    assertThat(order.foreign(key("new"), tells("4"))).isFalse();
    drain();
    foreign(KEY, "5");
    drain();
    assertThat(told).containsExactly("1", "2", "3", "5");
  }

  @Test
  void inTurn_echoWasThere_isToldAtOnceByTheCaller() {
    echo(KEY, 1);
    call(KEY, 1);
    assertThat(told).containsExactly("own 1");
    assertThat(pool).isEmpty();
  }

  @Test
  void inTurn_beforeTheEcho_waitsForIt() throws InterruptedException {
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    foreign(KEY, "before");
    drain();
    assertThat(told).containsExactly("before");
    echo(KEY, 1);
    foreign(KEY, "after");
    join(caller);
    drain();
    assertThat(told).containsExactly("before", "own 1", "after");
  }

  @Test
  void inTurn_foreignAhead_waitsForItsTelling() throws InterruptedException {
    foreign(KEY, "ahead");
    echo(KEY, 1);
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    assertThat(told).isEmpty();
    drain();
    join(caller);
    assertThat(told).containsExactly("ahead", "own 1");
  }

  @Test
  void inTurn_callersInTheReverseOrder_areToldInThatOfTheStream() throws InterruptedException {
    echo(KEY, 1);
    echo(KEY, 2);
    Thread second = startWaitingCaller(() -> call(KEY, 2));
    call(KEY, 1);
    join(second);
    assertThat(told).containsExactly("own 1", "own 2");
  }

  @Test
  void foreign_behindAnOwnChange_waitsForItsCallerToHaveTold() throws InterruptedException {
    echo(KEY, 1);
    foreign(KEY, "behind");
    drain();
    assertThat(told).isEmpty();
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch tells = new CountDownLatch(1);
    Thread caller =
        startCaller(
            () ->
                order.inTurn(
                    KEY,
                    1,
                    () -> {
                      tells.countDown();
                      awaitQuietly(goOn);
                      told.add("own 1");
                    }));
    tells.await();
    assertThat(pool).isEmpty();
    goOn.countDown();
    join(caller);
    drain();
    assertThat(told).containsExactly("own 1", "behind");
  }

  @Test
  void inTurn_tellingThrows_passesThroughAndTheLineGoesOn() {
    echo(KEY, 1);
    foreign(KEY, "behind");
    assertThatThrownBy(
            () ->
                order.inTurn(
                    KEY,
                    1,
                    () -> {
                      throw new IllegalStateException("listener");
                    }))
        .hasMessage("listener");
    drain();
    assertThat(told).containsExactly("behind");
  }

  @Test
  void foreign_tellingThrowsErrors_theLineGoesOn() {
    order.foreign(
        KEY,
        () -> {
          throw new AssertionError("listener");
        });
    foreign(KEY, "2");
    drain();
    assertThat(told).containsExactly("2");
  }

  @Test
  void inTurn_echoDoesNotCome_isToldAfterTheLongestWaitAndOnce() throws InterruptedException {
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    passLongestWait();
    LockSupport.unpark(caller);
    join(caller);
    assertThat(told).containsExactly("own 1");
    assertThat(order.remembered()).isOne();
    echo(KEY, 1);
    assertThat(order.isIdle()).isTrue();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_turnDoesNotCome_isToldAfterTheLongestWait() throws InterruptedException {
    foreign(KEY, "slow");
    echo(KEY, 1);
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    passLongestWait();
    LockSupport.unpark(caller);
    join(caller);
    drain();
    assertThat(told).containsExactly("own 1", "slow");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void sweep_nobodyCameForTheEcho_isToldInstead() {
    echo(KEY, 1);
    foreign(KEY, "behind");
    order.sweep();
    drain();
    assertThat(told).isEmpty();
    passLongestWait();
    order.sweep();
    drain();
    assertThat(told).containsExactly("instead of 1", "behind");
  }

  @Test
  void inTurn_alreadyToldInstead_isNotToldAgain() {
    echo(KEY, 1);
    passLongestWait();
    order.sweep();
    drain();
    call(KEY, 1);
    assertThat(told).containsExactly("instead of 1");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_justBeingToldInstead_waitsForTheEndOfIt() throws InterruptedException {
    echo(KEY, 1);
    passLongestWait();
    order.sweep(); // the pool has it, and has not begun
    Thread caller =
        startWaitingCaller(
            () -> {
              call(KEY, 1);
              told.add("returned");
            });
    drain();
    join(caller);
    assertThat(told).containsExactly("instead of 1", "returned");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_callerOfTheChangeAheadDoesNotCome_hasItToldInsteadFirst()
      throws InterruptedException {
    EventOrder quick = new EventOrder(Runnable::run, 3, this::now, Duration.ofMillis(400));
    quick.linkUp();
    quick.echo(KEY, 1, tells("instead of 1"));
    passed.addAndGet(Duration.ofMillis(200).toNanos());
    quick.echo(KEY, 2, tells("instead of 2"));
    Thread caller = startCaller(() -> quick.inTurn(KEY, 2, tells("own 2")));
    join(caller);
    assertThat(told).containsExactly("instead of 1", "own 2");
  }

  @Test
  void inTurn_interrupted_isToldAtOnceWithTheFlagKept() throws InterruptedException {
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        startWaitingCaller(
            () -> {
              call(KEY, 1);
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.interrupt();
    join(caller);
    assertThat(told).containsExactly("own 1");
    assertThat(flag).isTrue();
    echo(KEY, 1);
  }

  @Test
  void inTurn_sameKeyFromWithinAListener_isToldAtOnceAndItsEchoDropped() {
    echo(KEY, 1);
    order.inTurn(
        KEY,
        1,
        () -> {
          call(KEY, 2);
          told.add("own 1");
        });
    echo(KEY, 2);
    assertThat(told).containsExactly("own 2", "own 1");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_sameKeyFromWithinAForeignTelling_isToldAtOnce() {
    order.foreign(
        KEY,
        () -> {
          echo(KEY, 2);
          foreign(KEY, "behind");
          call(KEY, 2);
        });
    drain();
    assertThat(told).containsExactly("own 2", "behind");
  }

  @Test
  void inTurn_otherKeyFromWithinAListener_isToldInItsTurn() {
    echo(KEY, 1);
    echo(OTHER, 2);
    order.inTurn(
        KEY,
        1,
        () -> {
          call(OTHER, 2);
          told.add("own 1");
        });
    assertThat(told).containsExactly("own 2", "own 1");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
