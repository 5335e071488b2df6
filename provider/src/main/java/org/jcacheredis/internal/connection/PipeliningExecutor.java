// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * Runs the commands of any number of threads on a few shared connections: what threads ask for at
 * the same time goes out as one pipeline. Only commands known to be short and quick go this way;
 * large, blocking and unknown ones take a pooled connection, so that they hold up nobody. Nothing
 * that was sent is ever sent again. Thread-safe.
 */
final class PipeliningExecutor implements CommandExecutor {
  private final CommandExecutor pooled;
  private final Lane[] lanes;
  private final int largeValue;
  private final AtomicInteger breaks = new AtomicInteger();

  /**
   * An executor that opens nothing before the first command.
   *
   * @param pooled for all other commands; closed with this executor
   * @param opening a new connection, authenticated, with its database selected
   * @param leaders platform threads that do the work of virtual ones
   */
  PipeliningExecutor(
      CommandExecutor pooled,
      Supplier<Connection> opening,
      Executor leaders,
      ConnectionSettings settings) {
    ConnectionSettings.Pipelining pipelining = settings.pipelining();
    Lane.Limits limits =
        new Lane.Limits(
            pipelining.maxCommands(), pipelining.maxBytes(), settings.commandTimeout().toNanos());
    this.pooled = pooled;
    this.largeValue = pipelining.largeValue();
    this.lanes =
        IntStream.range(0, pipelining.lanes())
            .mapToObj(
                lane ->
                    new Lane(
                        new LaneConnection(opening, breaks, System::nanoTime), limits, leaders))
            .toArray(Lane[]::new);
  }

  /** Whether a command of this size may share a connection. */
  boolean takes(Verb verb, int size) {
    return lanes.length > 0 && verb.isQuick() && size <= largeValue;
  }

  /** Whether a reply is so large that its like should not share a connection. */
  boolean isLarge(@Nullable Object reply) {
    return reply instanceof List<?> list
        ? list.stream().anyMatch(this::isLarge)
        : reply instanceof byte[] bytes && bytes.length > largeValue;
  }

  /**
   * A connection to this server broke, or could not be made: older ones are not trusted any more.
   */
  void distrust() {
    breaks.incrementAndGet();
  }

  /** Sends a command that {@link #takes} allows; returns when it is over. */
  PendingCommand run(CommandArguments arguments, int size) {
    PendingCommand command = new PendingCommand(arguments, size);
    lane().carry(command);
    return command;
  }

  /**
   * The thread's own lane; if that is taken and nobody waits for it yet, any free one. The last
   * lane is nobody's own, so that few threads seldom wait, and many share fewer, longer pipelines.
   */
  private Lane lane() {
    int home = (int) (Thread.currentThread().getId() % Math.max(1, lanes.length - 1));
    Lane own = lanes[home];
    if (own.isFree() || own.isAwaited()) {
      return own;
    }
    for (int i = 1; i < lanes.length; i++) {
      Lane other = lanes[(home + i) % lanes.length];
      if (other.isFree()) {
        return other;
      }
    }
    return own;
  }

  /** For those who use the client library's own object. */
  @Override
  public <T> T executeCommand(CommandObject<T> object) {
    CommandArguments arguments = object.getArguments();
    Verb verb = verb(arguments);
    int size = size(arguments);
    if (verb == null || !takes(verb, size)) {
      return pooled.executeCommand(object);
    }
    PendingCommand command = run(arguments, size);
    JedisException failure = command.failure();
    if (failure != null) {
      throw failure;
    }
    if (command.reply() instanceof JedisDataException refusal) {
      throw refusal;
    }
    return object.getBuilder().build(command.reply());
  }

  private static @Nullable Verb verb(CommandArguments arguments) {
    ProtocolCommand command = arguments.getCommand();
    return arguments.isBlocking() ? null : Verb.of(command);
  }

  private static int size(CommandArguments arguments) {
    int size = 0;
    for (Rawable argument : arguments) {
      size += argument.getRaw().length;
    }
    return size;
  }

  @Override
  public void close() throws Exception {
    for (Lane lane : lanes) {
      lane.close();
    }
    pooled.close();
  }
}
