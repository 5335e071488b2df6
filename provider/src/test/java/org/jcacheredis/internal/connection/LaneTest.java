// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jcacheredis.internal.connection.EchoConnection.command;
import static org.jcacheredis.internal.connection.EchoConnection.reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What one caller meets must not hold up the others. */
class LaneTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(8);

  private final Gate gate = new Gate();
  private final AtomicReference<Supplier<Connection>> opening =
      new AtomicReference<>(() -> new EchoConnection(gate));

  /** Holds the replies to the key "held" until it is opened. */
  private static final class Gate extends EchoConnection.Line {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch opened = new CountDownLatch(1);
    final AtomicBoolean breaks = new AtomicBoolean();

    private void awaitOpen() {
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    void beforeAnswering(String key) {
      if (key.equals("error")) {
        throw new StackOverflowError("of this test");
      }
      if (key.equals("held")) {
        reached.countDown();
        awaitOpen();
        if (breaks.get()) {
          throw new JedisConnectionException("broke");
        }
      }
    }
  }

  @Test
  void carry_openingMeetsAnError_allWhoWaitHearOfItAndNothingIsSent() throws Exception {
    Lane lane = lane(PATIENT, 64);
    CompletableFuture<PendingCommand> held = hold(lane);
    CompletableFuture<PendingCommand> first = queue(lane, "first");
    CompletableFuture<PendingCommand> second = queue(lane, "second");
    opening.set(
        () -> {
          throw new OutOfMemoryError("of this test");
        });
    gate.breaks.set(true);
    gate.opened.countDown();
    assertThat(held).succeedsWithin(SOON);
    for (CompletableFuture<PendingCommand> waiting : List.of(first, second)) {
      assertThat(waiting).succeedsWithin(SOON);
      assertThat(waiting.join().failure()).hasRootCauseInstanceOf(OutOfMemoryError.class);
      assertThat(waiting.join().wasSent()).isFalse();
    }
    assertThat(gate.sent).containsExactly("held");
    opening.set(() -> new EchoConnection(gate));
    assertThat(carry(lane, "later")).succeedsWithin(SOON);
  }

  @Test
  void carry_queuedLeaderMeetsAnError_othersAreServed() throws Exception {
    Lane lane = lane(PATIENT, 1);
    hold(lane);
    CompletableFuture<PendingCommand> first = queue(lane, "error");
    CompletableFuture<PendingCommand> second = queue(lane, "second");
    gate.opened.countDown();
    assertThat(first).failsWithin(SOON);
    assertThat(second).succeedsWithin(SOON);
    assertThat(reply(second.join())).isEqualTo("second");
    assertThat(gate.open).hasValue(1);
  }

  @Test
  void carry_noReplyInTime_endsWithoutTheLeaderAndLeavesItsConnection() throws Exception {
    Lane lane = lane(Duration.ofMillis(200), 64);
    CompletableFuture<PendingCommand> leader = hold(lane);
    CompletableFuture<PendingCommand> first = queue(lane, "first");
    assertThat(first).succeedsWithin(SOON);
    assertThat(first.join().failure()).isInstanceOf(NoTurnException.class);
    gate.opened.countDown();
    assertThat(leader).succeedsWithin(SOON);
    assertThat(carry(lane, "later")).succeedsWithin(SOON);
    assertThat(gate.sent).containsExactlyInAnyOrder("held", "later");
  }

  @Test
  void carry_onlyOneCommandPerBatch_nobodyStarves() {
    Lane lane = lane(Duration.ofSeconds(1), 1);
    List<CompletableFuture<Integer>> callers = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    for (int i = 0; i < 8; i++) {
      int caller = i;
      callers.add(
          async(
              () -> {
                int failures = 0;
                for (int n = 0; System.nanoTime() < end; n++) {
                  PendingCommand command = command(caller + ":" + n);
                  lane.carry(command);
                  failures += command.failure() == null ? 0 : 1;
                }
                return failures;
              }));
    }
    assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isZero());
  }

  private Lane lane(Duration timeout, int maxCommands) {
    LaneConnection connection =
        new LaneConnection(() -> opening.get().get(), new AtomicInteger(), System::nanoTime);
    return new Lane(
        connection, new Lane.Limits(maxCommands, 65_536, timeout.toNanos()), Runnable::run);
  }

  private static CompletableFuture<PendingCommand> carry(Lane lane, String key) {
    return async(
        () -> {
          PendingCommand command = command(key);
          lane.carry(command);
          return command;
        });
  }

  /** Returns when the lane is taken by a command that is not answered yet. */
  private CompletableFuture<PendingCommand> hold(Lane lane) throws InterruptedException {
    CompletableFuture<PendingCommand> held = carry(lane, "held");
    gate.reached.await();
    return held;
  }

  /** Returns when the command waits for its turn. */
  private static CompletableFuture<PendingCommand> queue(Lane lane, String key) {
    AtomicReference<Thread> caller = new AtomicReference<>();
    CompletableFuture<PendingCommand> result =
        async(
            () -> {
              caller.set(Thread.currentThread());
              PendingCommand command = command(key);
              lane.carry(command);
              return command;
            });
    await()
        .until(
            () ->
                caller.get() != null
                    && LockSupport.getBlocker(caller.get()) instanceof PendingCommand);
    return result;
  }

  private static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }
}
