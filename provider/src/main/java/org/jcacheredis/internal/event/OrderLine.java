// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one key that wait to be told, in the order of the stream; at most one of them is
 * being told. Not thread-safe: its map takes the steps one at a time.
 */
final class OrderLine {
  private final Deque<Telling> order = new ArrayDeque<>();

  /** Own changes whose caller has come before their echo. */
  private final List<Telling> early = new ArrayList<>();

  private @Nullable Telling current;

  boolean isEmpty() {
    return current == null && order.isEmpty() && early.isEmpty();
  }

  void add(Telling telling) {
    order.add(telling);
  }

  /** The stream has come to an own change. */
  void echo(Telling unclaimed) {
    Telling known = find(early, unclaimed.id);
    if (known != null) {
      early.remove(known);
      known.echoed = true;
    }
    order.add(known == null ? unclaimed : known);
  }

  /** The caller of an own change has come, and waits until it is pending no more. */
  Telling claim(long id) {
    Telling known = current != null && current.id == id ? current : find(order, id);
    if (known != null) {
      known.caller = Thread.currentThread();
      return known;
    }
    Telling telling = Telling.early(id);
    early.add(telling);
    return telling;
  }

  private static @Nullable Telling find(Iterable<Telling> among, long id) {
    for (Telling each : among) {
      if (each.id == id) {
        return each;
      }
    }
    return null;
  }

  boolean isToldByThisThread() {
    return current != null && current.teller == Thread.currentThread();
  }

  /** The caller waits no longer, and tells at once; false if its turn has come already. */
  boolean leave(Telling telling) {
    boolean waits = telling.state == Telling.State.WAITING;
    if (waits) {
      order.remove(telling);
      early.remove(telling);
      telling.state = Telling.State.OUT_OF_TURN;
    }
    return waits;
  }

  /** Lets the pool stand in for those who have not come in time. */
  void judge(long now) {
    order.forEach(each -> each.judge(now));
  }

  /** Drops what no caller waits for; returns how many of these were foreign. */
  int forget() {
    int foreign = (int) order.stream().filter(Telling::isForeign).count();
    order.removeIf(each -> each.caller == null);
    return foreign;
  }

  /** Callers who wait for the echo look whether it can still come. */
  void wakeEarly() {
    early.forEach(Telling::wake);
  }

  /** What was being told is told. */
  Telling finish() {
    Telling told = Objects.requireNonNull(current);
    boolean awaited = told.state == Telling.State.POOL_TELLS;
    told.state = Telling.State.TOLD;
    if (awaited) {
      told.wake();
    }
    current = null;
    return told;
  }

  /** Gives the turn to whose it is; returns what the pool has to tell, null if nothing. */
  @Nullable Telling advance() {
    Telling head = order.peek();
    if (current != null || head == null) {
      return null;
    }
    if (head.isForThePool()) {
      current = order.poll();
      head.state = Telling.State.POOL_TELLS;
      return head;
    }
    if (head.caller != null) {
      current = order.poll();
      head.teller = head.caller;
      head.state = Telling.State.CALLER_TELLS;
      head.wake();
    }
    return null;
  }
}
