// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One change that is to be told. What is not final changes in steps of its {@link OrderLine}. */
final class Telling {
  /** Who tells. */
  enum State {
    WAITING,
    CALLER_TELLS,
    POOL_TELLS,
    /** Its caller did not wait for its turn. */
    OUT_OF_TURN,
    TOLD
  }

  /** The number of the own change; 0 if somebody else's. */
  final long id;

  /** What the pool runs; null only while the caller, who needs no stand-in, is known alone. */
  private final @Nullable Runnable task;

  /** When the pool stands in for a caller who has not come. */
  private final long deadline;

  volatile State state = State.WAITING;
  volatile boolean echoed;

  /** Who waits for its turn or for the pool to have told; stays when he waits no longer. */
  volatile @Nullable Thread caller;

  volatile @Nullable Thread teller;
  private boolean overdue;

  private Telling(long id, @Nullable Runnable task, long deadline) {
    this.id = id;
    this.task = task;
    this.deadline = deadline;
  }

  static Telling foreign(Runnable task) {
    return new Telling(0, task, 0);
  }

  static Telling unclaimed(long id, Runnable instead, long deadline) {
    Telling telling = new Telling(id, instead, deadline);
    telling.echoed = true;
    return telling;
  }

  static Telling early(long id) {
    Telling telling = new Telling(id, null, 0);
    telling.caller = Thread.currentThread();
    return telling;
  }

  /** What the pool runs. */
  Runnable task() {
    return Objects.requireNonNull(task, "told by its caller");
  }

  boolean isForeign() {
    return id == 0;
  }

  /** Nobody has come for it yet, though somebody may. */
  boolean isUnclaimed() {
    return !isForeign() && caller == null;
  }

  void judge(long now) {
    overdue |= isUnclaimed() && deadline - now <= 0;
  }

  boolean isForThePool() {
    return isForeign() || overdue && isUnclaimed();
  }

  boolean isPending() {
    return state == State.WAITING || state == State.POOL_TELLS;
  }

  void wake() {
    Thread waiting = caller;
    if (waiting != null && waiting != Thread.currentThread()) {
      LockSupport.unpark(waiting);
    }
  }
}
