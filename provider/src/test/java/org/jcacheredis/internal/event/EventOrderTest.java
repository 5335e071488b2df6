// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventOrderTest {
  private static final EntryKey KEY = key("k");
  private static final EntryKey OTHER = key("other");
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicLong passed = new AtomicLong();
  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Thread> callers = new CopyOnWriteArrayList<>();
  private final EventOrder order = new EventOrder(pool::add, 3, this::now, LONG);

  @BeforeEach
  void up() {
    order.linkUp();
  }

  @AfterEach
  void leavesNothing() throws InterruptedException {
    for (Thread caller : callers) {
      caller.join(10_000);
    }
    drain();
    assertThat(order.isIdle()).isTrue();
  }

  private long now() {
    return System.nanoTime() + passed.get();
  }

  private static EntryKey key(String name) {
    return new EntryKey(name.getBytes(StandardCharsets.UTF_8));
  }

  private void foreign(EntryKey key, String name) {
    assertThat(order.foreign(key, tells(name))).isTrue();
  }

  private void echo(EntryKey key, long id) {
    order.echo(key, id, tells("instead of " + id));
  }

  private void call(EntryKey key, long id) {
    order.inTurn(key, id, tells("own " + id));
  }

  private Runnable tells(String name) {
    return () -> told.add(name);
  }

  /** Lets the pool do what it has got. */
  private void drain() {
    for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
      task.run();
    }
  }

  private Thread startCaller(Runnable task) {
    Thread caller = new Thread(task, "caller");
    callers.add(caller);
    caller.start();
    return caller;
  }

  private Thread startWaitingCaller(Runnable task) {
    Thread caller = startCaller(task);
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
    return caller;
  }

  private static void join(Thread caller) throws InterruptedException {
    caller.join(10_000);
    assertThat(caller.isAlive()).isFalse();
  }

  private void passLongestWait() {
    passed.addAndGet(LONG.toNanos());
  }

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

  @Test
  void inTurn_linkDown_isToldAtOnceAndALateEchoDropped() {
    order.linkDown();
    call(KEY, 1);
    assertThat(told).containsExactly("own 1");
    echo(KEY, 1); // the new connection may bring it before it counts as up
    order.linkUp();
    assertThat(order.isIdle()).isTrue();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void linkDown_callersWaitForEchoes_areToldAtOnceThoughItIsUpAgain() throws InterruptedException {
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    order.linkDown();
    order.linkUp();
    join(caller);
    assertThat(told).containsExactly("own 1");
    assertThat(order.remembered()).isZero();
  }

  @Test
  void linkDown_streamHasBroughtTheChanges_keepTheirOrder() throws InterruptedException {
    foreign(KEY, "ahead");
    echo(KEY, 1);
    echo(OTHER, 2);
    Thread caller = startWaitingCaller(() -> call(KEY, 1));
    order.linkDown();
    drain();
    join(caller);
    call(OTHER, 2);
    assertThat(told).containsExactly("ahead", "own 1", "own 2");
  }

  @Test
  void linkDown_echoesThatNeverCome_areForgotten() {
    order.linkDown();
    call(KEY, 1);
    order.linkUp();
    assertThat(order.remembered()).isOne();
    order.linkDown();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void sweep_longAfter_forgetsWhomNobodyComesFor() {
    order.linkDown();
    call(KEY, 1);
    passed.addAndGet(Duration.ofMinutes(6).toNanos());
    order.sweep();
    assertThat(order.remembered()).isZero();
  }

  @Test
  void inTurn_linkLongDown_remembersABoundedNumber() {
    order.linkDown();
    for (long id = 1; id <= 5_000; id++) {
      call(KEY, id);
    }
    assertThat(told).hasSize(5_000);
    assertThat(order.remembered()).isLessThan(2_000);
  }

  @Test
  void foreign_poolIsClosed_isForgottenAndCallersGoOn() {
    EventOrder closing =
        new EventOrder(
            task -> {
              throw new RejectedExecutionException("closed");
            },
            3,
            System::nanoTime,
            LONG);
    closing.linkUp();
    for (int i = 0; i < 10; i++) {
      assertThat(closing.foreign(KEY, tells("foreign"))).isTrue();
    }
    closing.echo(KEY, 1, tells("instead of 1"));
    closing.foreign(KEY, tells("foreign"));
    closing.inTurn(KEY, 1, tells("own 1"));
    assertThat(told).containsExactly("own 1");
    assertThat(closing.isIdle()).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
