// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * One command on its way: a verb or a script, its keys, its arguments. Built and sent by one
 * thread.
 */
public final class Command {
  private final Verb verb;
  private final @Nullable Script script;
  private final List<byte[]> keys = new ArrayList<>(1);
  private final List<byte[]> arguments = new ArrayList<>(8);

  private Command(Verb verb, @Nullable Script script) {
    this.verb = verb;
    this.script = script;
  }

  public static Command of(Verb verb) {
    return new Command(verb, null);
  }

  /** Runs a script by its digest; the source goes along only if the server does not know it. */
  public static Command of(Script script) {
    return new Command(Verb.EVALSHA, script);
  }

  public Command key(byte[] key) {
    keys.add(key);
    return this;
  }

  public Command with(byte[] argument) {
    arguments.add(argument);
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
    int size = 0;
    for (byte[] key : keys) {
      size += key.length;
    }
    for (byte[] argument : arguments) {
      size += argument.length;
    }
    return size;
  }

  Verb verb() {
    return verb;
  }

  boolean isScript() {
    return script != null;
  }

  CommandArguments toArguments() {
    return script == null ? plain() : script(Verb.EVALSHA, script.sha());
  }

  /** The same script with its source, for a server that does not know the digest. */
  CommandArguments toSourceArguments() {
    if (script == null) {
      throw new IllegalStateException(verb + " is no script");
    }
    return script(Verb.EVAL, script.source());
  }

  private CommandArguments plain() {
    CommandArguments all = new CommandArguments(verb.command());
    keys.forEach(all::key);
    arguments.forEach(all::add);
    return all;
  }

  private CommandArguments script(Verb eval, byte[] program) {
    CommandArguments all = new CommandArguments(eval.command()).add(program).add(keys.size());
    keys.forEach(all::key);
    arguments.forEach(all::add);
    return all;
  }
}
