// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.IOUtils;

/**
 * Sends commands over one pooled connection and takes the replies. Each reply is awaited for at
 * most the command timeout. What is larger than a socket's buffer, or more than one command, could
 * still take that long many times over: such an exchange is ended as a whole after the operation
 * timeout.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** Fits into any socket's send buffer, so that writing it cannot block. */
  private static final int SMALL = 4096;

  private final Clients.Client client;
  private final Failures failures;
  private final ScheduledExecutorService timer;
  private final long longestMillis;

  Exchange(
      Clients.Client client,
      Failures failures,
      ScheduledExecutorService timer,
      ConnectionSettings settings) {
    this.client = client;
    this.failures = failures;
    this.timer = timer;
    this.longestMillis = settings.operationTimeout().toMillis();
  }

  /**
   * The replies as the client library gives them; a refusal is an element.
   *
   * @param verb the command whose fate matters most if the answer is lost
   * @param size about how many bytes the commands have
   * @throws RedisException if there is no connection, or it breaks, or no answer comes in time
   */
  List<Object> run(String subject, Verb verb, List<CommandArguments> commands, int size) {
    Connection connection = borrow(subject);
    Deadline deadline = commands.size() > 1 || size > SMALL ? new Deadline(connection) : null;
    boolean complete = false;
    try {
      for (CommandArguments command : commands) {
        connection.sendCommand(command);
      }
      List<Object> replies = connection.getMany(commands.size());
      complete = true;
      return replies;
    } catch (JedisException e) {
      throw broken(subject, verb, e, deadline);
    } finally {
      boolean wasCut = deadline != null && !deadline.lift();
      if (!complete || wasCut) {
        // replies may still come: nobody else must take them for theirs
        connection.setBroken();
      }
      // closing a broken connection would try, and fail, to open its successor
      IOUtils.closeQuietly(connection);
    }
  }

  private RedisException broken(
      String subject, Verb verb, JedisException e, @Nullable Deadline deadline) {
    if (deadline != null && !deadline.lift()) {
      return failures.unanswered(subject, verb, e, longestMillis);
    }
    if (Failures.isTimeout(e)) {
      return failures.unanswered(subject, verb, e);
    }
    if (Failures.isBroken(e)) {
      // what waits in the pool, or was opened for sharing, is likely as dead as this one
      client.jedis().getPool().clear();
      client.executor().distrust();
    }
    return failures.broken(subject, verb, e);
  }

  private Connection borrow(String subject) {
    try {
      return client.jedis().getPool().getResource();
    } catch (JedisException e) {
      if (Failures.isBroken(e)) {
        client.executor().distrust();
      }
      throw failures.unreachable(subject, e);
    }
  }

  /** Cuts a connection whose exchange takes too long: nothing else ends a blocked write. */
  private final class Deadline {
    private final AtomicReference<State> state = new AtomicReference<>(State.SET);
    private final Future<?> end;

    Deadline(Connection connection) {
      this.end = timer.schedule(() -> cut(connection), longestMillis, TimeUnit.MILLISECONDS);
    }

    private void cut(Connection connection) {
      if (!state.compareAndSet(State.SET, State.OVER)) {
        return;
      }
      try {
        connection.forceDisconnect();
      } catch (IOException e) {
        LOG.debug("cutting a connection failed: {}", e.getMessage());
      }
    }

    /** The connection is safe from now on; false if it is too late for that. */
    boolean lift() {
      end.cancel(false);
      return state.compareAndSet(State.SET, State.LIFTED) || state.get() == State.LIFTED;
    }
  }

  private enum State {
    SET,
    LIFTED,
    OVER
  }
}
