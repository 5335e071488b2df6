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
        && !Failures.isExhausted(e)
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
    boolean complete = false;
    try {
      for (CommandArguments command : commands) {
        connection.sendCommand(command);
      }
      List<Object> replies = connection.getMany(commands.size());
      complete = true;
      return replies;
    } catch (JedisException e) {
      // what waits in the pool is likely as dead as this one
      client.getPool().clear();
      throw failures.unanswered(subject, verb, e);
    } finally {
      if (!complete) {
        // replies may still come: nobody else must take them for theirs
        connection.setBroken();
      }
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
    List<Object> answers = withSources(commands, raw);
    List<Reply> replies = new ArrayList<>(answers.size());
    for (Object answer : answers) {
      if (answer instanceof JedisDataException refusal) {
        throw failures.refused(subject, refusal);
      }
      replies.add(new Reply(answer));
    }
    return replies;
  }

  /** Where the server did not know a script, nothing has run: it is sent again with its source. */
  private List<Object> withSources(List<Command> commands, List<Object> raw) {
    List<Integer> unknown = new ArrayList<>(0);
    for (int i = 0; i < raw.size(); i++) {
      if (raw.get(i) instanceof JedisNoScriptException) {
        unknown.add(i);
      }
    }
    if (unknown.isEmpty()) {
      return raw;
    }
    List<Object> again =
        send(Verb.EVAL, unknown.stream().map(i -> commands.get(i).toSourceArguments()).toList());
    List<Object> complete = new ArrayList<>(raw);
    for (int i = 0; i < unknown.size(); i++) {
      complete.set(unknown.get(i), again.get(i));
    }
    return complete;
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
