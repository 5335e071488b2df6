// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One order, a pool that works when it is told to, and callers in threads of their own. */
abstract class EventOrderFixture {
  static final EntryKey KEY = key("k");
  static final EntryKey OTHER = key("other");
  static final Duration LONG = Duration.ofSeconds(30);

  final AtomicLong passed = new AtomicLong();
  final Queue<Runnable> pool = new ArrayDeque<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Thread> callers = new CopyOnWriteArrayList<>();
  final EventOrder order = new EventOrder(pool::add, 3, this::now, LONG);

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

  long now() {
    return System.nanoTime() + passed.get();
  }

  static EntryKey key(String name) {
    return new EntryKey(name.getBytes(StandardCharsets.UTF_8));
  }

  void foreign(EntryKey key, String name) {
    assertThat(order.foreign(key, tells(name))).isTrue();
  }

  void echo(EntryKey key, long id) {
    order.echo(key, id, tells("instead of " + id));
  }

  void call(EntryKey key, long id) {
    order.inTurn(key, id, tells("own " + id));
  }

  Runnable tells(String name) {
    return () -> told.add(name);
  }

  /** Lets the pool do what it has got. */
  void drain() {
    for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
      task.run();
    }
  }

  Thread startCaller(Runnable task) {
    Thread caller = new Thread(task, "caller");
    callers.add(caller);
    caller.start();
    return caller;
  }

  Thread startWaitingCaller(Runnable task) {
    Thread caller = startCaller(task);
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
    return caller;
  }

  static void join(Thread caller) throws InterruptedException {
    caller.join(10_000);
    assertThat(caller.isAlive()).isFalse();
  }

  void passLongestWait() {
    passed.addAndGet(LONG.toNanos());
  }
}
