// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;

/** The Redis commands in use, and what is in doubt when the reply to one is lost. */
public enum Verb {
  GET(Protocol.Command.GET, Doubt.NONE),
  MGET(Protocol.Command.MGET, Doubt.NONE, Pace.SLOW),
  EXISTS(Protocol.Command.EXISTS, Doubt.NONE),
  PTTL(Protocol.Command.PTTL, Doubt.NONE),
  SCAN(Protocol.Command.SCAN, Doubt.NONE, Pace.SLOW),
  HGET(Protocol.Command.HGET, Doubt.NONE),
  HMGET(Protocol.Command.HMGET, Doubt.NONE, Pace.SLOW),
  HEXISTS(Protocol.Command.HEXISTS, Doubt.NONE),
  HPTTL(Protocol.Command.HPTTL, Doubt.NONE),
  HLEN(Protocol.Command.HLEN, Doubt.NONE),
  HSCAN(Protocol.Command.HSCAN, Doubt.NONE, Pace.SLOW),
  PING(Protocol.Command.PING, Doubt.NONE),

  /** Trials, on a key that is not there: they change nothing. */
  TRIAL_HSETEX(Protocol.Command.HSETEX, Doubt.NONE),
  TRIAL_HGETEX(Protocol.Command.HGETEX, Doubt.NONE),
  TRIAL_HGETDEL(Protocol.Command.HGETDEL, Doubt.NONE),
  TRIAL_HPEXPIRE(Protocol.Command.HPEXPIRE, Doubt.NONE),
  TRIAL_HPERSIST(Protocol.Command.HPERSIST, Doubt.NONE),
  TRIAL_HDEL(Protocol.Command.HDEL, Doubt.NONE),

  /** SET NX of what all would set: nothing is lost if it is sent again. */
  MARK(Protocol.Command.SET, Doubt.NONE),
  GETEX(Protocol.Command.GETEX, Doubt.LIFETIME),
  PEXPIRE(Protocol.Command.PEXPIRE, Doubt.LIFETIME),
  PERSIST(Protocol.Command.PERSIST, Doubt.LIFETIME),
  HGETEX(Protocol.Command.HGETEX, Doubt.LIFETIME),
  GETDEL(Protocol.Command.GETDEL, Doubt.REMOVED),
  HGETDEL(Protocol.Command.HGETDEL, Doubt.REMOVED),
  UNLINK(Protocol.Command.UNLINK, Doubt.REMOVED),
  SET(Protocol.Command.SET, Doubt.STORED),
  HSETEX(Protocol.Command.HSETEX, Doubt.STORED),
  PUBSUB(Protocol.Command.PUBSUB, Doubt.NONE),
  CONFIG_GET(Protocol.Command.CONFIG, "GET", Doubt.NONE),
  CONFIG_SET(Protocol.Command.CONFIG, "SET", Doubt.CONFIGURED),
  PUBLISH(Protocol.Command.PUBLISH, Doubt.PUBLISHED),

  /** A script that only reads, by its digest. */
  EVALSHA_READING(Protocol.Command.EVALSHA, Doubt.NONE),

  /** A script that removes at the most. */
  EVALSHA_REMOVING(Protocol.Command.EVALSHA, Doubt.REMOVED),
  EVALSHA(Protocol.Command.EVALSHA, Doubt.STORED),
  EVAL(Protocol.Command.EVAL, Doubt.STORED);

  /** What nobody knows after a command whose reply was lost; the graver the later. */
  enum Doubt {
    /** Nothing: the command only reads, and may be sent again. */
    NONE(""),
    PUBLISHED("the message may or may not have been published"),
    CONFIGURED("the server may or may not have its new setting"),
    LIFETIME("the entry may or may not have its new lifetime"),
    REMOVED("the entry may or may not be removed"),
    STORED("the entry may or may not be stored");

    private final String sentence;

    Doubt(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  /** Whether others may wait behind it. */
  private enum Pace {
    QUICK,
    SLOW
  }

  /** Without trials: whoever else sends their commands changes something. */
  private static final Map<ProtocolCommand, Verb> BY_COMMAND =
      EnumSet.complementOf(EnumSet.range(TRIAL_HSETEX, MARK)).stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Verb::command, verb -> verb, (lighter, graver) -> graver));

  private final Protocol.Command command;
  private final @Nullable String subcommand;
  private final Doubt doubt;
  private final Pace pace;

  Verb(Protocol.Command command, Doubt doubt) {
    this(command, null, doubt, Pace.QUICK);
  }

  Verb(Protocol.Command command, Doubt doubt, Pace pace) {
    this(command, null, doubt, pace);
  }

  /** Rare, and the server may take its time for them. */
  Verb(Protocol.Command command, String subcommand, Doubt doubt) {
    this(command, subcommand, doubt, Pace.SLOW);
  }

  Verb(Protocol.Command command, @Nullable String subcommand, Doubt doubt, Pace pace) {
    this.command = command;
    this.subcommand = subcommand;
    this.doubt = doubt;
    this.pace = pace;
  }

  /** The client library's command, if the provider uses it, too. */
  static @Nullable Verb of(ProtocolCommand command) {
    return BY_COMMAND.get(command);
  }

  Protocol.Command command() {
    return command;
  }

  /** What follows the command in any case. */
  @Nullable String subcommand() {
    return subcommand;
  }

  Doubt doubt() {
    return doubt;
  }

  /** Whether command and reply are short, and the server is soon done with it. */
  boolean isQuick() {
    return pace == Pace.QUICK;
  }

  /** Whether a command whose reply was lost may be sent again. */
  boolean isRepeatable() {
    return doubt == Doubt.NONE;
  }
}
