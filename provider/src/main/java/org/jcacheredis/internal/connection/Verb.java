// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.Protocol;

/** The Redis commands in use, and what is in doubt when the reply to one is lost. */
public enum Verb {
  GET(Protocol.Command.GET, Doubt.NONE),
  MGET(Protocol.Command.MGET, Doubt.NONE),
  EXISTS(Protocol.Command.EXISTS, Doubt.NONE),
  PTTL(Protocol.Command.PTTL, Doubt.NONE),
  SCAN(Protocol.Command.SCAN, Doubt.NONE),
  PING(Protocol.Command.PING, Doubt.NONE),
  GETEX(Protocol.Command.GETEX, Doubt.LIFETIME),
  PEXPIRE(Protocol.Command.PEXPIRE, Doubt.LIFETIME),
  PERSIST(Protocol.Command.PERSIST, Doubt.LIFETIME),
  GETDEL(Protocol.Command.GETDEL, Doubt.REMOVED),
  UNLINK(Protocol.Command.UNLINK, Doubt.REMOVED),
  SET(Protocol.Command.SET, Doubt.STORED),
  EVALSHA(Protocol.Command.EVALSHA, Doubt.STORED),
  EVAL(Protocol.Command.EVAL, Doubt.STORED);

  /** What nobody knows after a command whose reply was lost; the graver the later. */
  enum Doubt {
    /** Nothing: the command only reads, and may be sent again. */
    NONE(""),
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

  private final Protocol.Command command;
  private final Doubt doubt;

  Verb(Protocol.Command command, Doubt doubt) {
    this.command = command;
    this.doubt = doubt;
  }

  Protocol.Command command() {
    return command;
  }

  Doubt doubt() {
    return doubt;
  }

  /** Whether a command whose reply was lost may be sent again. */
  boolean isRepeatable() {
    return doubt == Doubt.NONE;
  }
}
