// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.Protocol;

/** The Redis commands in use, and whether sending one twice does no harm. */
public enum Verb {
  GET(Protocol.Command.GET, Repeat.SAFE),
  MGET(Protocol.Command.MGET, Repeat.SAFE),
  EXISTS(Protocol.Command.EXISTS, Repeat.SAFE),
  PTTL(Protocol.Command.PTTL, Repeat.SAFE),
  SCAN(Protocol.Command.SCAN, Repeat.SAFE),
  PING(Protocol.Command.PING, Repeat.SAFE),
  GETEX(Protocol.Command.GETEX, Repeat.NEVER),
  GETDEL(Protocol.Command.GETDEL, Repeat.NEVER),
  SET(Protocol.Command.SET, Repeat.NEVER),
  UNLINK(Protocol.Command.UNLINK, Repeat.NEVER),
  PEXPIRE(Protocol.Command.PEXPIRE, Repeat.NEVER),
  PERSIST(Protocol.Command.PERSIST, Repeat.NEVER),
  EVALSHA(Protocol.Command.EVALSHA, Repeat.NEVER),
  EVAL(Protocol.Command.EVAL, Repeat.NEVER);

  private enum Repeat {
    SAFE,
    NEVER
  }

  private final Protocol.Command command;
  private final Repeat repeat;

  Verb(Protocol.Command command, Repeat repeat) {
    this.command = command;
    this.repeat = repeat;
  }

  Protocol.Command command() {
    return command;
  }

  /** Whether a command whose reply was lost may be sent again. */
  boolean isRepeatable() {
    return repeat == Repeat.SAFE;
  }
}
