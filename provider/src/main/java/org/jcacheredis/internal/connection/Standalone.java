// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** One server behind one pool of connections. Opens nothing before the first command. */
public final class Standalone implements Redis {
  private final Exchange exchange;
  private final String subject;

  private Standalone(Exchange exchange, String subject) {
    this.exchange = exchange;
    this.subject = subject;
  }

  /**
   * A client by its settings; the server need not be there yet.
   *
   * @param timer ends exchanges that take too long
   */
  public static Redis open(
      ConnectionSettings settings, String subject, ScheduledExecutorService timer) {
    RedisClient client = Clients.standalone(settings);
    return new Standalone(new Exchange(client, new Failures(settings), timer, settings), subject);
  }

  @Override
  public Redis speakingOf(String other) {
    return new Standalone(exchange, other);
  }

  @Override
  public Reply call(Command command) {
    return callAll(List.of(command)).get(0).checked();
  }

  @Override
  public List<Reply> callAll(List<Command> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    List<Object> raw;
    try {
      raw = send(commands);
    } catch (RedisException e) {
      if (!isWorthRepeating(commands, e)) {
        throw e;
      }
      raw = send(commands);
    }
    return replies(withSources(commands, raw));
  }

  /** A connection from the pool may have died there; reads can afford a second one. */
  private static boolean isWorthRepeating(List<Command> commands, RedisException e) {
    return Failures.isBroken(e)
        && commands.stream().allMatch(command -> command.verb().isRepeatable());
  }

  private List<Object> send(List<Command> commands) {
    return run(commands, commands.stream().map(Command::toArguments).toList());
  }

  private List<Object> run(List<Command> commands, List<CommandArguments> arguments) {
    Verb gravest = commands.get(0).verb();
    int size = 0;
    for (Command command : commands) {
      size += command.size();
      if (command.verb().doubt().compareTo(gravest.doubt()) > 0) {
        gravest = command.verb();
      }
    }
    return exchange.run(subject, gravest, arguments, size);
  }

  private List<Reply> replies(List<Object> raw) {
    List<Reply> replies = new ArrayList<>(raw.size());
    for (Object answer : raw) {
      replies.add(
          new Reply(
              answer instanceof JedisDataException refusal
                  ? exchange.failures().refused(subject, refusal)
                  : answer));
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
    List<Command> again = unknown.stream().map(commands::get).toList();
    List<Object> answers = run(again, again.stream().map(Command::toSourceArguments).toList());
    List<Object> complete = new ArrayList<>(raw);
    for (int i = 0; i < unknown.size(); i++) {
      complete.set(unknown.get(i), answers.get(i));
    }
    return complete;
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(exchange.client()) ? type.cast(exchange.client()) : null;
  }

  @Override
  public void close() {
    exchange.client().close();
  }
}
