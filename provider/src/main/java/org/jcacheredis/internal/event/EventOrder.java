// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what listeners hear into the order of the changes, key by key. The order is that in which
 * {@link #foreign} and {@link #echo} are called, by the one thread that reads the stream; own
 * changes are told by their callers, between the others. Each change is told once, whatever comes
 * late. Nothing is locked while something is told, and keys never wait for each other.
 *
 * <p>Each wait has an end: a caller who waits too long for its turn tells out of turn, and a change
 * whose caller does not come is told by the pool. Each key that the pool has to tell of takes one
 * task of the pool at a time. Thread-safe.
 */
public final class EventOrder {
  private static final Logger LOG = LoggerFactory.getLogger(EventOrder.class);
  private static final int FEWEST_REMEMBERED = 1024;
  private static final int LOOKS_IN_A_WAIT = 4;

  private final Executor pool;
  private final int capacity;
  private final LongSupplier nanos;
  private final long longestWait;
  private final ConcurrentHashMap<EntryKey, OrderLine> lines = new ConcurrentHashMap<>();
  private final SettledChanges settled;
  private final AtomicInteger foreignWaiting = new AtomicInteger();

  /** Counts how often the link went up or down; odd while it is up. */
  private volatile int link;

  /**
   * The link is down at first.
   *
   * @param pool runs what no caller tells; what it rejects is never told
   * @param capacity how many changes of other nodes may wait, over all keys
   * @param longestWait how long a caller waits for its turn, and a turn for its caller
   */
  public EventOrder(Executor pool, int capacity, LongSupplier nanos, Duration longestWait) {
    this.pool = pool;
    this.capacity = capacity;
    this.nanos = nanos;
    this.longestWait = longestWait.toNanos();
    this.settled = new SettledChanges(Math.max(capacity, FEWEST_REMEMBERED), nanos);
  }

  /**
   * A change of another node: told by a thread of the pool when its turn comes. What it throws is
   * logged.
   *
   * @return false, and nothing kept, if as many as may wait already
   */
  public boolean foreign(EntryKey key, Runnable telling) {
    if (foreignWaiting.incrementAndGet() > capacity) {
      foreignWaiting.decrementAndGet();
      return false;
    }
    step(key, line -> line.add(Telling.foreign(telling)));
    return true;
  }

  /**
   * The stream has come to this node's own change, {@code id} not 0; told by its caller, or by
   * {@code instead}, on the pool, if the caller does not come within the longest wait.
   */
  public void echo(EntryKey key, long id, Runnable instead) {
    long deadline = nanos.getAsLong() + longestWait;
    step(
        key,
        line -> {
          if (!settled.take(key, id, SettledChanges.Teller.CALLER)) {
            line.echo(Telling.unclaimed(id, instead, deadline));
          }
        });
  }

  /**
   * The caller of the own change {@code id}: runs {@code telling} in this thread in its turn, or
   * after the longest wait, or at once if the thread is interrupted or tells of the same key
   * already, or if the echo cannot come since the link is or was down. What it throws passes
   * through. If the pool has told {@code instead} of it, returns when that is done and tells
   * nothing.
   */
  public void inTurn(EntryKey key, long id, Runnable telling) {
    Telling mine = await(key, id);
    if (mine == null) {
      return;
    }
    switch (mine.state) {
      case OUT_OF_TURN -> telling.run();
      case CALLER_TELLS -> {
        try {
          telling.run();
        } finally {
          hand(key, finish(key));
        }
      }
      case WAITING, POOL_TELLS, TOLD -> {}
    }
  }

  /** From now on the stream tells all. */
  public void linkUp() {
    turn(true);
  }

  /**
   * The stream has ended, and with it the wait for echoes that have not come. What the stream has
   * brought keeps its order.
   */
  public void linkDown() {
    if (turn(false)) {
      settled.expectNoEcho();
      lines.keySet().forEach(key -> step(key, OrderLine::wakeEarly));
    }
  }

  /** Drops what waits and no caller has come for: who listens from now on was not there. */
  public void forget() {
    lines.keySet().forEach(key -> step(key, line -> foreignWaiting.addAndGet(-line.forget())));
  }

  private synchronized boolean turn(boolean up) {
    boolean turns = isUp(link) != up;
    link += turns ? 1 : 0;
    return turns;
  }

  private static boolean isUp(int link) {
    return link % 2 != 0;
  }

  /** Has the pool tell of what no caller has come for in time. To be called now and then. */
  public void sweep() {
    lines.keySet().forEach(this::sweep);
    settled.sweep();
  }

  private void sweep(EntryKey key) {
    long now = nanos.getAsLong();
    step(key, line -> line.judge(now));
  }

  /** Whether nothing waits and nothing is being told. */
  boolean isIdle() {
    return lines.isEmpty() && foreignWaiting.get() == 0;
  }

  /** How many changes are remembered that either their echo or their caller is missing of. */
  int remembered() {
    return settled.size();
  }

  /** Returns the own change when it waits no longer; null if the pool has told it before. */
  private @Nullable Telling await(EntryKey key, long id) {
    int linkThen = link;
    long deadline = nanos.getAsLong() + longestWait;
    AtomicReference<@Nullable Telling> claimed = new AtomicReference<>();
    step(key, line -> claimed.set(claim(line, key, id, linkThen)));
    Telling mine = claimed.get();
    while (mine != null && mine.isPending()) {
      long left = deadline - nanos.getAsLong();
      boolean over = left <= 0 || Thread.currentThread().isInterrupted();
      if (over || !mine.echoed && cannotCome(linkThen)) {
        step(key, line -> leave(line, key, mine, over, linkThen));
      } else {
        park(key, mine, left);
      }
      if (over) {
        return mine;
      }
    }
    return mine;
  }

  private @Nullable Telling claim(OrderLine line, EntryKey key, long id, int linkThen) {
    if (settled.take(key, id, SettledChanges.Teller.STAND_IN)) {
      return null;
    }
    Telling mine = line.claim(id);
    if (line.isToldByThisThread()) {
      leave(line, key, mine, true, linkThen);
    }
    return mine;
  }

  private void leave(OrderLine line, EntryKey key, Telling mine, boolean inAnyCase, int linkThen) {
    if (mine.echoed && !inAnyCase) {
      return;
    }
    boolean wasWaiting = line.leave(mine);
    // while the link is down a new one may stand already, and bring the echo later
    if (wasWaiting && !mine.echoed && (!isUp(linkThen) || linkThen == link)) {
      settled.add(key, mine.id, SettledChanges.Teller.CALLER);
    }
  }

  private boolean cannotCome(int linkThen) {
    return !isUp(linkThen) || linkThen != link;
  }

  /** Looks around now and then, since the one in front may have no caller. */
  private void park(EntryKey key, Telling mine, long left) {
    LockSupport.parkNanos(this, Math.min(left, longestWait / LOOKS_IN_A_WAIT + 1));
    if (mine.isPending()) {
      sweep(key);
    }
  }

  private void step(EntryKey key, Consumer<OrderLine> change) {
    hand(key, move(key, change));
  }

  private @Nullable Telling finish(EntryKey key) {
    return move(
        key,
        line -> {
          Telling told = line.finish();
          if (told.isUnclaimed()) {
            settled.add(key, told.id, SettledChanges.Teller.STAND_IN);
          }
        });
  }

  /** One atomic step of a key's line; returns what the pool has to tell then. */
  private @Nullable Telling move(EntryKey key, Consumer<OrderLine> change) {
    AtomicReference<@Nullable Telling> forThePool = new AtomicReference<>();
    lines.compute(
        key,
        (k, present) -> {
          OrderLine line = present == null ? new OrderLine() : present;
          change.accept(line);
          forThePool.set(line.advance());
          return line.isEmpty() ? null : line;
        });
    return forThePool.get();
  }

  private void hand(EntryKey key, @Nullable Telling first) {
    for (Telling next = first; next != null; next = finish(key)) {
      Telling handed = next;
      try {
        pool.execute(() -> drain(key, handed));
        return;
      } catch (RejectedExecutionException e) {
        // the manager is closing, and nobody hears anything after that
        begin(next);
      } catch (Error e) {
        begin(next);
        LOG.error("key '{}': no thread to tell listeners of a change; it is lost to them", key, e);
      }
    }
  }

  private void drain(EntryKey key, Telling first) {
    for (Telling next = first; next != null; next = finish(key)) {
      begin(next);
      try {
        next.task().run();
      } catch (Throwable e) {
        // there is no caller to catch it, and the changes behind have to be told
        LOG.warn("key '{}': listeners could not be told of a change: {}", key, e.toString(), e);
      }
    }
  }

  private void begin(Telling telling) {
    telling.teller = Thread.currentThread();
    if (telling.isForeign()) {
      foreignWaiting.decrementAndGet();
    }
  }
}
