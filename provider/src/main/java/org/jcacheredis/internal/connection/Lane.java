// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection that many threads share by flat combining. A caller that finds the lane free leads
 * it: it sends its own command together with all that wait, as one pipeline, and hands out the
 * replies. A caller that finds it taken queues and parks. Who leads does so for one batch, then
 * wakes the first in the queue to lead the next: first come, first served.
 *
 * <p>Virtual threads never lead, since an interrupt would close the socket under the other callers'
 * commands: a platform thread does it for them, as long as anything waits.
 */
final class Lane {
  private final LaneConnection connection;
  private final Limits limits;
  private final Executor leaders;
  private final Queue<PendingCommand> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean taken = new AtomicBoolean();
  private final List<PendingCommand> batch = new ArrayList<>();
  private volatile boolean isClosed;

  /**
   * A lane that opens its connection when it is first used.
   *
   * @param leaders platform threads that lead for virtual ones
   */
  Lane(LaneConnection connection, Limits limits, Executor leaders) {
    this.connection = connection;
    this.limits = limits;
    this.leaders = leaders;
  }

  /**
   * What one pipeline may hold.
   *
   * @param commands the most commands
   * @param bytes no command is added to as many bytes
   * @param nanos the longest wait to be sent, and again for the reply
   */
  record Limits(int commands, int bytes, long nanos) {}

  /** Whether a command would be sent at once. */
  boolean isFree() {
    return !taken.get() && queue.isEmpty();
  }

  /** Whether somebody queues. */
  boolean isAwaited() {
    return !queue.isEmpty();
  }

  /** Carries the command there and its reply back; returns when it is over. */
  void carry(PendingCommand command) {
    boolean isVirtual = VirtualThreads.isCurrent();
    // who comes later does not overtake
    if (!isVirtual && queue.isEmpty() && tryTake()) {
      lead(command);
      return;
    }
    command.startWaiting();
    queue.add(command);
    try {
      awaitEnd(command, isVirtual);
    } finally {
      // an error of a leader ends the call: nobody may send it later, or wake this thread to lead
      withdraw(command);
    }
  }

  private void awaitEnd(PendingCommand command, boolean isVirtual) {
    boolean interrupted = false;
    while (!command.isOver()) {
      if (!tryTake()) {
        await(command);
        // a command that is under way cannot be called back
        interrupted |= Thread.interrupted();
      } else if (command.isOver()) {
        release();
      } else if (isVirtual) {
        delegateLead();
      } else {
        lead(null);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tryTake() {
    return !taken.get() && taken.compareAndSet(false, true);
  }

  private void release() {
    taken.set(false);
    if (isClosed && tryTake()) {
      connection.drop();
      taken.set(false);
    }
    wakeFirst();
  }

  private void wakeFirst() {
    PendingCommand first = queue.peek();
    if (first != null) {
      first.wake();
    }
  }

  private void await(PendingCommand command) {
    long remaining = command.remaining(limits.nanos());
    if (remaining > 0) {
      command.park(remaining);
    } else if (!withdraw(command) && command.remaining(limits.nanos()) <= 0) {
      abandon(command);
    }
  }

  private boolean withdraw(PendingCommand command) {
    if (command.isOver() || !command.withdraw(overtime())) {
      return false;
    }
    queue.remove(command);
    // it may have been woken to lead
    wakeFirst();
    return true;
  }

  private JedisException overtime() {
    return new NoTurnException(
        "no turn on a shared connection within %d ms: the server is slow, or is asked for more than it can do"
            .formatted(TimeUnit.NANOSECONDS.toMillis(limits.nanos())));
  }

  /** Ends an exchange that takes too long: nothing else ends a blocked write. */
  private static void abandon(PendingCommand command) {
    Connection silent = command.abandon(overdue());
    if (silent != null) {
      LaneConnection.disconnect(silent);
    }
  }

  private static JedisException overdue() {
    return new JedisConnectionException(new SocketTimeoutException("no answer in time"));
  }

  private void delegateLead() {
    try {
      leaders.execute(this::leadWhileAnyWaits);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // the manager is closing, or there can be no more threads: better this one than none
      lead(null);
    }
  }

  private void leadWhileAnyWaits() {
    try {
      do {
        serve(null);
      } while (!queue.isEmpty());
    } finally {
      release();
    }
  }

  private void lead(@Nullable PendingCommand own) {
    try {
      serve(own);
    } finally {
      release();
    }
  }

  /** One batch, led by the thread that has taken the lane. */
  private void serve(@Nullable PendingCommand own) {
    try {
      Connection open = open();
      collect(own, open);
      exchange(open);
    } catch (JedisException e) {
      refuse(own, e);
    }
  }

  private Connection open() {
    if (isClosed) {
      throw closed();
    }
    return connection.ready();
  }

  /** Without a connection nobody can be served: all that wait hear why, and were not sent. */
  private void refuse(@Nullable PendingCommand own, JedisException reason) {
    if (own != null) {
      own.withdraw(reason);
    }
    for (PendingCommand next = queue.poll(); next != null; next = queue.poll()) {
      if (next.withdraw(reason)) {
        next.wake();
      }
    }
  }

  private void collect(@Nullable PendingCommand own, Connection open) {
    long now = System.nanoTime();
    int bytes = own == null ? 0 : own.size();
    if (own != null && own.take(now, open)) {
      batch.add(own);
    }
    // however low the limits, one of those that wait
    while (batch.isEmpty() || (batch.size() < limits.commands() && bytes < limits.bytes())) {
      PendingCommand next = queue.poll();
      if (next == null) {
        return;
      }
      if (next.take(now, open)) {
        batch.add(next);
        bytes += next.size();
      }
    }
  }

  private void exchange(Connection open) {
    @Nullable JedisException reason = null;
    int answered = 0;
    try {
      for (PendingCommand command : batch) {
        open.sendCommand(command.arguments());
      }
      while (answered < batch.size()) {
        Object reply = read(open);
        if (!batch.get(answered).complete(reply)) {
          // its caller is about to close the connection
          throw overdue();
        }
        answered++;
      }
    } catch (JedisException e) {
      boolean isCut =
          batch.subList(answered, batch.size()).stream().anyMatch(PendingCommand::isOver);
      reason = isCut ? overdue() : e;
      connection.broken(reason);
    } finally {
      if (answered < batch.size()) {
        connection.drop();
        fail(batch.subList(answered, batch.size()), reason);
      }
      batch.clear();
    }
  }

  private static void fail(List<PendingCommand> lost, @Nullable JedisException reason) {
    JedisException why =
        reason == null
            ? new JedisConnectionException("the exchange was ended by an error")
            : reason;
    lost.forEach(command -> command.fail(why));
  }

  private static @Nullable Object read(Connection open) {
    try {
      return open.getOne();
    } catch (JedisDataException refusal) {
      return refusal;
    }
  }

  /** Ends the connection, at once or after the exchange under way; who queues hears why. */
  void close() {
    isClosed = true;
    refuse(null, closed());
    if (tryTake()) {
      release();
    }
  }

  private static JedisException closed() {
    return new NoTurnException("the cache manager was closed");
  }
}
