// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.IOUtils;

/** One server behind one pool of connections. Opens nothing before the first command. */
public final class Standalone implements Redis {
  private final RedisClient client;
  private final Failures failures;
  private final String subject;

  private Standalone(RedisClient client, Failures failures, String subject) {
    this.client = client;
    this.failures = failures;
    this.subject = subject;
  }

  /** A client by its settings; the server need not be there yet. */
  public static Redis open(ConnectionSettings settings, String subject) {
    return new Standalone(Clients.standalone(settings), new Failures(settings), subject);
  }

  @Override
  public Redis speakingOf(String other) {
    return new Standalone(client, failures, other);
  }

  @Override
  public Reply call(Command command) {
    return callAll(List.of(command)).get(0);
  }

  @Override
  public List<Reply> callAll(List<Command> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    List<Object> raw;
    try {
      raw = exchange(commands);
    } catch (RedisException e) {
      if (!isWorthRepeating(commands, e)) {
        throw e;
      }
      raw = exchange(commands);
    }
    return replies(commands, raw);
  }

  /** A connection from the pool may have died there; reads can afford a second one. */
  private static boolean isWorthRepeating(List<Command> commands, RedisException e) {
    return !Failures.isTimeout(e)
        && commands.stream().allMatch(command -> command.verb().isRepeatable());
  }

  private List<Object> exchange(List<Command> commands) {
    List<CommandArguments> arguments = new ArrayList<>(commands.size());
    commands.forEach(command -> arguments.add(command.toArguments()));
    return send(riskiest(commands), arguments);
  }

  /** The verb that decides what a lost reply means. */
  private static Verb riskiest(List<Command> commands) {
    return commands.stream()
        .map(Command::verb)
        .filter(verb -> !verb.isRepeatable())
        .findFirst()
        .orElse(commands.get(0).verb());
  }

  private List<Object> send(Verb verb, List<CommandArguments> commands) {
    Connection connection = borrow();
    try {
      for (CommandArguments command : commands) {
        connection.sendCommand(command);
      }
      return connection.getMany(commands.size());
    } catch (JedisDataException e) {
      throw failures.refused(subject, e);
    } catch (JedisException e) {
      // what waits in the pool is likely as dead as this one
      connection.setBroken();
      client.getPool().clear();
      throw failures.unanswered(subject, verb, e);
    } finally {
      // closing a broken connection would try, and fail, to open its successor
      IOUtils.closeQuietly(connection);
    }
  }

  private Connection borrow() {
    try {
      return client.getPool().getResource();
    } catch (JedisException e) {
      throw failures.unreachable(subject, e);
    }
  }

  private List<Reply> replies(List<Command> commands, List<Object> raw) {
    List<Reply> replies = new ArrayList<>(raw.size());
    JedisDataException refusal = null;
    for (int i = 0; i < raw.size(); i++) {
      Object reply = raw.get(i);
      if (reply instanceof JedisNoScriptException) {
        reply = withSource(commands.get(i));
      }
      if (reply instanceof JedisDataException e) {
        refusal = refusal == null ? e : refusal;
        reply = null;
      }
      replies.add(new Reply(reply));
    }
    if (refusal != null) {
      throw failures.refused(subject, refusal);
    }
    return replies;
  }

  private @Nullable Object withSource(Command command) {
    return send(Verb.EVAL, List.of(command.toSourceArguments())).get(0);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(client) ? type.cast(client) : null;
  }

  @Override
  public void close() {
    client.close();
  }
}
