// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.internal.connection.EchoConnection.command;
import static org.jcacheredis.internal.connection.EchoConnection.reply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No wake-up is lost and no reply goes astray, whatever the timing. The replies come at once, so a
 * caller that lasts has been forgotten: a lost wake-up lasts as long as the command timeout, which
 * is far beyond what a loaded machine needs.
 */
class LaneStressTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final long FORGOTTEN = Duration.ofSeconds(10).toNanos();

  private final EchoConnection.Line line = new EchoConnection.Line();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 64})
  void carry_manyThreads_eachGetsItsOwnReplySoon(int threads) throws Exception {
    // few at a time, and often all at the end: there a lost wake-up is not healed by the next call
    int calls = 20_000 / threads;
    Lane lane = lane(line, PATIENT, 8);
    for (int round = 0; round < 4; round++) {
      int part = round;
      Crowd crowd = new Crowd(threads, 10);
      crowd.run(
          (caller, random) -> {
            for (int i = 0; i < calls / 4; i++) {
              PendingCommand command = command(part + ":" + caller + ":" + i);
              lane.carry(command);
              assertThat(command.failure()).isNull();
              assertThat(reply(command)).isEqualTo(part + ":" + caller + ":" + i);
            }
          });
    }
    assertThat(line.misuses).hasValue(0);
    assertThat(line.sentTwice).isEmpty();
    assertThat(line.opened).hasValue(1);
  }

  /** Nobody comes after the two, whose call would heal a lost wake-up. */
  @Test
  void carry_twoAtTheSameTime_nobodyIsForgotten() throws Exception {
    Lane lane = lane(line, PATIENT, 2);
    Crowd crowd = new Crowd(2, 0);
    AtomicInteger arrived = new AtomicInteger();
    crowd.run(
        (caller, random) -> {
          for (int round = 1; round <= 100_000; round++) {
            arrived.incrementAndGet();
            for (int spins = 1; arrived.get() < round * 2; spins++) {
              if (spins % 100 == 0) {
                Thread.yield();
              }
            }
            lane.carry(command(round + ":" + caller));
          }
        });
    assertThat(line.sent).hasSize(200_000);
    assertThat(line.sentTwice).isEmpty();
  }

  @Test
  void carry_timeoutsRaceWithTurns_whatWasNotSentIsNeverSent() throws Exception {
    EchoConnection.Line slow = new SlowLine();
    Duration timeout = Duration.ofNanos(300_000);
    Lane lane = lane(slow, timeout, 4);
    AtomicInteger withdrawn = new AtomicInteger();
    new Crowd(16, 200)
        .run(
            (caller, random) -> {
              for (int i = 0; i < 1_500; i++) {
                String key = caller + ":" + i;
                PendingCommand command = command(key);
                lane.carry(command);
                if (command.failure() == null) {
                  assertThat(reply(command)).isEqualTo(key);
                } else if (!command.wasSent()) {
                  withdrawn.incrementAndGet();
                  assertThat(slow.sent).doesNotContain(key);
                }
              }
            });
    assertThat(withdrawn.get()).isPositive();
    assertThat(slow.misuses).hasValue(0);
    assertThat(slow.sentTwice).isEmpty();
    assertThat(slow.open.get()).isLessThanOrEqualTo(1);
    lane.close();
    assertThat(slow.open).hasValue(0);
  }

  /**
   * The first in the queue gives up just as the lane becomes free and wakes it: the second must be
   * woken in its place. The deep stack makes giving up slow, and the moment likely.
   */
  @Test
  void withdraw_asTheLaneBecomesFree_passesTheTurnOn() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    Crowd crowd = new Crowd(3 * 120, 0);
    List<HeldLine> lines = IntStream.range(0, 120).mapToObj(i -> new HeldLine()).toList();
    List<Lane> lanes = lines.stream().map(held -> lane(held, timeout, 4)).toList();
    AtomicInteger impatient = new AtomicInteger();
    crowd.run(
        (caller, random) -> {
          Lane lane = lanes.get(caller / 3);
          HeldLine held = lines.get(caller / 3);
          PendingCommand command = command(Integer.toString(caller % 3));
          // not all at once: each moment should be sharp
          pause(caller / 3 * 8_000_000L);
          switch (caller % 3) {
            case 0 -> lane.carry(command);
            case 1 -> {
              held.taken.await();
              // until the first in the queue gives up, give or take
              held.release(System.nanoTime() + timeout.toNanos() + random.nextInt(600_000));
              deep(1_000, () -> lane.carry(command));
              impatient.addAndGet(command.failure() == null ? 0 : 1);
            }
            default -> {
              held.taken.await();
              pause(timeout.toNanos() / 2);
              long start = System.nanoTime();
              lane.carry(command);
              assertThat(command.failure()).isNull();
              // half the time, until the lane becomes free; all of it, if nobody wakes it
              assertThat(Duration.ofNanos(System.nanoTime() - start))
                  .isLessThan(timeout.multipliedBy(17).dividedBy(20));
            }
          }
        });
    assertThat(impatient.get()).isPositive();
  }

  /** A latch may have left a permit, with which parking ends at once. */
  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void deep(int depth, Runnable work) {
    if (depth == 0) {
      work.run();
    } else {
      deep(depth - 1, work);
    }
  }

  private static Lane lane(EchoConnection.Line line, Duration timeout, int maxCommands) {
    LaneConnection connection =
        new LaneConnection(() -> new EchoConnection(line), new AtomicInteger(), System::nanoTime);
    return new Lane(
        connection, new Lane.Limits(maxCommands, 65_536, timeout.toNanos()), Runnable::run);
  }

  /** Answers after about as long as the callers wait. */
  private static final class SlowLine extends EchoConnection.Line {
    private final Random random = new Random(42);

    @Override
    void beforeAnswering(String key) {
      if (random.nextInt(3) == 0) {
        LockSupport.parkNanos(random.nextInt(400_000));
      }
    }
  }

  /** Answers the first command at a time to be told, and the others at once. */
  private static final class HeldLine extends EchoConnection.Line {
    final CountDownLatch taken = new CountDownLatch(1);
    private volatile long release;

    void release(long nanoTime) {
      release = nanoTime;
    }

    @Override
    void beforeAnswering(String key) {
      if (key.equals("0")) {
        taken.countDown();
        while (release == 0 || System.nanoTime() < release) {
          LockSupport.parkNanos(release == 0 ? 100_000 : release - System.nanoTime() - 500_000);
        }
      }
    }
  }

  /** Threads that are disturbed while they work, and must end. */
  private static final class Crowd {
    private final List<Throwable> errors = new ArrayList<>();
    private final int size;
    private final int disturbances;

    Crowd(int size, int disturbances) {
      this.size = size;
      this.disturbances = disturbances;
    }

    void run(Part part) throws InterruptedException {
      CountDownLatch start = new CountDownLatch(1);
      long seed = System.nanoTime();
      List<Thread> threads =
          IntStream.range(0, size)
              .mapToObj(caller -> new Thread(() -> play(part, caller, seed, start)))
              .toList();
      threads.forEach(Thread::start);
      start.countDown();
      awaitEnd(threads, new Random(seed));
      assertThat(errors).as("seed %d", seed).isEmpty();
    }

    private void play(Part part, int caller, long seed, CountDownLatch start) {
      try {
        start.await();
        part.play(caller, new Random(seed + caller));
      } catch (Throwable e) {
        synchronized (errors) {
          errors.add(e);
        }
      }
    }

    /** First some wake-ups without reason, then none: they would heal a lost one. */
    private void awaitEnd(List<Thread> threads, Random random) {
      long end = System.nanoTime() + FORGOTTEN;
      for (int times = 0; threads.stream().anyMatch(Thread::isAlive); times++) {
        assertThat(System.nanoTime()).as("a caller was forgotten").isLessThan(end);
        if (times < disturbances) {
          LockSupport.unpark(threads.get(random.nextInt(threads.size())));
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private interface Part {
    void play(int caller, Random random) throws Exception;
  }
}
