// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * One server. Single commands share a few connections with those of other threads; pipelines, and
 * what is large or slow, take a pooled connection each. Opens nothing before the first command.
 */
public final class Standalone implements Redis {
  private final Clients.Client client;
  private final Exchange exchange;
  private final Failures failures;
  private final String subject;

  /** Whether the last value that was read was large: then the next read is not shared. */
  private volatile boolean expectsLarge;

  private Standalone(Clients.Client client, Exchange exchange, Failures failures, String subject) {
    this.client = client;
    this.exchange = exchange;
    this.failures = failures;
    this.subject = subject;
  }

  /**
   * A client by its settings; the server need not be there yet.
   *
   * @param timer ends exchanges that take too long
   * @param leaders platform threads that do the work of virtual ones
   */
  public static Redis open(
      ConnectionSettings settings,
      String subject,
      ScheduledExecutorService timer,
      Executor leaders) {
    Clients.Client client = Clients.standalone(settings, leaders);
    Failures failures = new Failures(settings);
    Exchange exchange = new Exchange(client, failures, timer, settings);
    return new Standalone(client, exchange, failures, subject);
  }

  @Override
  public Redis speakingOf(String other) {
    return new Standalone(client, exchange, failures, other);
  }

  @Override
  public Reply call(Command command) {
    return single(command).checked();
  }

  private Reply single(Command command) {
    Object raw;
    try {
      raw = send(command, command.toArguments());
    } catch (RedisException e) {
      if (!isWorthRepeating(command, e)) {
        throw e;
      }
      raw = send(command, command.toArguments());
    }
    if (raw instanceof JedisNoScriptException) {
      raw = send(command, command.toSourceArguments());
    }
    return reply(raw);
  }

  /** A connection may have died unused; reads can afford a second one. */
  private static boolean isWorthRepeating(Command command, RedisException e) {
    return command.verb().isRepeatable() && Failures.isBroken(e);
  }

  private @Nullable Object send(Command command, CommandArguments arguments) {
    Verb verb = command.verb();
    int size = command.size();
    boolean isRead = verb == Verb.GET || verb == Verb.GETEX || verb == Verb.EVALSHA_READING;
    boolean isShared = client.executor().takes(verb, size) && !(isRead && expectsLarge);
    Object raw =
        isShared
            ? share(verb, arguments, size)
            : exchange.run(subject, verb, List.of(arguments), size).get(0);
    if (isRead && client.executor().isLarge(raw) != expectsLarge) {
      expectsLarge = !expectsLarge;
    }
    return raw;
  }

  private @Nullable Object share(Verb verb, CommandArguments arguments, int size) {
    PendingCommand command = client.executor().run(arguments, size);
    JedisException failure = command.failure();
    if (failure == null) {
      return command.reply();
    }
    if (!command.wasSent()) {
      throw failures.unreachable(subject, failure);
    }
    if (Failures.isTimeout(failure)) {
      // the value may have been too large to come in time among others
      expectsLarge = true;
      throw failures.unanswered(subject, verb, failure);
    }
    throw failures.broken(subject, verb, failure);
  }

  @Override
  public List<Reply> callAll(List<Command> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    if (commands.size() == 1) {
      return List.of(single(commands.get(0)));
    }
    List<Object> raw;
    try {
      raw = pipeline(commands);
    } catch (RedisException e) {
      if (!commands.stream().allMatch(command -> isWorthRepeating(command, e))) {
        throw e;
      }
      raw = pipeline(commands);
    }
    return withSources(commands, raw).stream().map(this::reply).toList();
  }

  private List<Object> pipeline(List<Command> commands) {
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

  private Reply reply(@Nullable Object raw) {
    return new Reply(
        raw instanceof JedisDataException refusal ? failures.refused(subject, refusal) : raw);
  }

  /**
   * Where the server did not know a script, nothing has run: it is sent again, the first of its
   * kind with the source.
   */
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
    Set<Script> taught = new HashSet<>();
    List<Object> answers =
        run(
            again,
            again.stream()
                .map(c -> taught.add(c.script()) ? c.toSourceArguments() : c.toArguments())
                .toList());
    List<Object> complete = new ArrayList<>(raw);
    for (int i = 0; i < unknown.size(); i++) {
      complete.set(unknown.get(i), answers.get(i));
    }
    return complete;
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(client.jedis()) ? type.cast(client.jedis()) : null;
  }

  @Override
  public void close() {
    client.jedis().close();
  }
}
