// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.event.SimulatedStream.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads change few keys; what listeners hear is compared with what the server did. */
class EventOrderStressTest {
  private static final int WRITERS = 8;
  private static final int STRANGERS = 4;
  private static final int CHANGES = 1_500;
  private static final int KEYS = 100;
  private static final long LATE = 40_000_000;
  private static final long SEED = Long.getLong("jcache-redis.seed", System.nanoTime());

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Change> told = new ConcurrentLinkedQueue<>();
  private final Queue<Change> claimed = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (ExecutorService each : List.of(threads, pool)) {
      each.shutdownNow();
      assertThat(each.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** One node with its order, its stream and its writers. */
  private final class Node {
    final EventOrder order;
    final SimulatedStream stream;
    final boolean troubled;

    Node(Duration longestWait, boolean troubled) {
      this.order = new EventOrder(pool, 1_000_000, System::nanoTime, longestWait);
      this.stream = new SimulatedStream(order, told::add, SEED);
      this.troubled = troubled;
    }

    private void write(long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < CHANGES; i++) {
        write(random, random.nextInt(KEYS), 0);
      }
    }

    private void write(Random random, int key, int depth) {
      Change change = stream.change(key, true);
      if (troubled && random.nextInt(100) == 0) {
        return; // the call fails, its fate unknown
      }
      if (random.nextInt(4) == 0) {
        LockSupport.parkNanos(random.nextInt(100_000));
      } else if (troubled && random.nextInt(200) == 0) {
        LockSupport.parkNanos(LATE); // the reply is late, or the caller was busy
      }
      claimed.add(change);
      order.inTurn(change.key(), change.place(), () -> listen(random, change, key, depth));
    }

    /** Listeners change other keys, too; in one direction, unless they may wait for each other. */
    private void listen(Random random, Change change, int key, int depth) {
      told.add(change);
      if (depth < 2 && random.nextInt(20) == 0) {
        int other = troubled ? random.nextInt(KEYS) : key + 1 + random.nextInt(KEYS);
        write(random, other, depth + 1);
      }
    }

    private void intrude(long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < CHANGES; i++) {
        stream.change(random.nextInt(KEYS), false);
        if (i % 10 == 0) {
          LockSupport.parkNanos(random.nextInt(200_000));
        }
      }
    }

    /** Returns what the stream has delivered. */
    List<Change> run() throws Exception {
      Future<List<Change>> reader = threads.submit(stream::read);
      List<Future<?>> busy = new ArrayList<>();
      for (int i = 0; i < WRITERS + STRANGERS; i++) {
        long seed = SEED + i;
        boolean own = i < WRITERS;
        busy.add(threads.submit(() -> during(own, seed)));
      }
      for (Future<?> each : busy) {
        each.get(60, TimeUnit.SECONDS);
      }
      stream.end();
      return reader.get(10, TimeUnit.SECONDS);
    }

    private void during(boolean own, long seed) {
      if (own) {
        write(seed);
      } else {
        intrude(seed);
      }
    }
  }

  @Test
  void order_manyThreadsAndKeys_isThatOfTheServerForEachKey() throws Exception {
    Node node = new Node(Duration.ofSeconds(30), false);
    List<Change> delivered = node.run();
    await().until(node.order::isIdle);
    assertThat(told).as("seed %d", SEED).hasSameSizeAs(delivered);
    for (EntryKey key : new HashSet<>(delivered.stream().map(Change::key).toList())) {
      assertThat(of(key, told)).as("seed %d, key %s", SEED, key).isEqualTo(of(key, delivered));
    }
    assertThat(node.order.remembered()).isZero();
  }

  @Test
  void order_linkDownAndCallsFailing_losesNoOwnChangeAndTellsNothingTwice() throws Exception {
    Node node = new Node(Duration.ofMillis(20), true);
    AtomicBoolean over = new AtomicBoolean();
    Future<?> trouble = threads.submit(() -> trouble(node, over));
    List<Change> delivered = node.run();
    over.set(true);
    trouble.get(10, TimeUnit.SECONDS);
    await()
        .until(
            () -> {
              node.order.sweep();
              return node.order.isIdle();
            });
    Set<Change> once = new HashSet<>(told);
    assertThat(told).as("seed %d", SEED).hasSameSizeAs(once);
    assertThat(once).as("seed %d", SEED).containsAll(claimed).containsAll(delivered);
  }

  private static void trouble(Node node, AtomicBoolean over) {
    Random random = new Random(SEED);
    for (int i = 0; !over.get() && i < 100; i++) {
      LockSupport.parkNanos(5_000_000);
      node.order.sweep();
      if (random.nextInt(4) == 0) {
        node.stream.cut(random.nextBoolean());
      }
    }
  }

  private static List<Change> of(EntryKey key, Collection<Change> changes) {
    return changes.stream().filter(each -> each.key().equals(key)).toList();
  }
}
