// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.args.RawableFactory;

/**
 * One command on its way: a verb or a script, its keys, its arguments. Built and sent by one
 * thread. The bytes given to it are sent as they are, without a copy: nobody may change them.
 */
public final class Command {
  private static final Rawable ONE = RawableFactory.from(1);

  private final Verb verb;
  private final @Nullable Script script;
  private final CommandArguments arguments;
  private int size;

  private Command(Verb verb, @Nullable Script script) {
    this.verb = verb;
    this.script = script;
    this.arguments = new CommandArguments(verb.command());
  }

  /** Bytes as they are; what Jedis wraps them in would copy them. */
  private record Argument(byte[] bytes) implements Rawable {
    @Override
    public byte[] getRaw() {
      return bytes;
    }
  }

  public static Command of(Verb verb) {
    Command command = new Command(verb, null);
    String subcommand = verb.subcommand();
    return subcommand == null ? command : command.with(subcommand);
  }

  /**
   * Runs a script by its digest on these keys; the source goes along only if the server does not
   * know it. In a cluster all keys must be of one slot.
   */
  public static Command of(Script script, byte[]... keys) {
    Command command = new Command(script.verb(), script);
    command.arguments.add(new Argument(script.sha())).add(count(keys.length));
    for (byte[] key : keys) {
      command.key(key);
    }
    return command;
  }

  private static Rawable count(int keys) {
    return keys == 1 ? ONE : RawableFactory.from(keys);
  }

  /** Adds a key; those of a script are given with it. */
  public Command key(byte[] key) {
    arguments.key(new Argument(key));
    size += key.length;
    return this;
  }

  public Command with(byte[] argument) {
    arguments.add(new Argument(argument));
    size += argument.length;
    return this;
  }

  public Command with(String argument) {
    return with(argument.getBytes(StandardCharsets.UTF_8));
  }

  public Command with(long argument) {
    return with(Long.toString(argument));
  }

  /** About how many bytes go over the wire. */
  int size() {
    return size;
  }

  Verb verb() {
    return verb;
  }

  /** The script that it runs. */
  Script script() {
    if (script == null) {
      throw new IllegalStateException(verb + " is no script");
    }
    return script;
  }

  /** The command as Jedis sends it; the same object each time. */
  CommandArguments toArguments() {
    return arguments;
  }

  /** The same script with its source, for a server that does not know the digest. */
  CommandArguments toSourceArguments() {
    CommandArguments all = new CommandArguments(Verb.EVAL.command());
    all.add(new Argument(script().source())).add(count(arguments.getKeys().size()));
    arguments.getKeys().forEach(all::key);
    for (int i = all.size(); i < arguments.size(); i++) {
      all.add(arguments.get(i));
    }
    return all;
  }
}
