// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One command that shares a connection with others. Its caller waits; whoever leads the lane sends
 * it and brings the reply. Only one of the two ends it: the caller may withdraw what was not sent,
 * and abandon what is not answered.
 */
final class PendingCommand {
  private enum Stage {
    QUEUED,
    SENT,
    /** Not sent, and never to be: the reason follows. */
    REFUSED,
    OVER
  }

  private static final VarHandle STAGE = stageHandle();

  private final Thread caller = Thread.currentThread();
  private final CommandArguments arguments;
  private final int size;
  private volatile Stage stage = Stage.QUEUED;
  private volatile boolean isParked;
  private volatile long since;
  private boolean wasSent;
  private @Nullable Connection connection;
  private @Nullable Object reply;
  private @Nullable JedisException failure;

  /** Written by the caller, where {@link #failure} is the leader's. */
  private @Nullable JedisException ownFailure;

  /**
   * A command of the current thread.
   *
   * @param size about how many bytes it has
   */
  PendingCommand(CommandArguments arguments, int size) {
    this.arguments = arguments;
    this.size = size;
  }

  CommandArguments arguments() {
    return arguments;
  }

  int size() {
    return size;
  }

  boolean isOver() {
    return stage == Stage.OVER;
  }

  /** Whether the server may have seen it. */
  boolean wasSent() {
    return wasSent;
  }

  /** Why there is no reply; null if there is one. Valid when over. */
  @Nullable JedisException failure() {
    return ownFailure == null ? failure : ownFailure;
  }

  /** As the client library gives it; a refusal is an exception. Valid when over. */
  @Nullable Object reply() {
    return reply;
  }

  /** Starts the time that {@link #remaining} counts; it starts anew when the command is sent. */
  void startWaiting() {
    since = System.nanoTime();
  }

  /** Nanoseconds until this wait has taken {@code limit}; not positive when it is overdue. */
  long remaining(long limit) {
    return limit - (System.nanoTime() - since);
  }

  /** The leader takes it to send it there; false if its caller has withdrawn it. */
  boolean take(long now, Connection target) {
    connection = target;
    // first the time: a caller that sees it sent must see since when
    since = now;
    if (!STAGE.compareAndSet(this, Stage.QUEUED, Stage.SENT)) {
      return false;
    }
    wasSent = true;
    return true;
  }

  /** It shall not be sent, says its caller or the leader; false if it is too late for that. */
  boolean withdraw(JedisException reason) {
    if (!STAGE.compareAndSet(this, Stage.QUEUED, Stage.REFUSED)) {
      return false;
    }
    failure = reason;
    // last: over without a failure would be a reply of nil
    stage = Stage.OVER;
    return true;
  }

  /**
   * The caller waits no longer for a reply; null if it is there. The connection must be closed
   * then: its leader uses it no more.
   */
  @Nullable Connection abandon(JedisException reason) {
    if (!STAGE.compareAndSet(this, Stage.SENT, Stage.OVER)) {
      return null;
    }
    ownFailure = reason;
    return connection;
  }

  /** The leader has the reply; false if nobody waits for it any more. */
  boolean complete(@Nullable Object answer) {
    reply = answer;
    return finish();
  }

  void fail(JedisException reason) {
    failure = reason;
    finish();
  }

  private boolean finish() {
    if (!STAGE.compareAndSet(this, Stage.SENT, Stage.OVER)) {
      return false;
    }
    // a caller that is not parked yet sees the stage before it parks
    if (isParked) {
      wake();
    }
    return true;
  }

  /** Lets the caller look again: the command may be over, or the lane free. */
  void wake() {
    LockSupport.unpark(caller);
  }

  /** The caller waits until it is woken, at most so long. */
  void park(long nanos) {
    isParked = true;
    if (!isOver()) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  private static VarHandle stageHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(PendingCommand.class, "stage", Stage.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
