// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.exceptions.JedisException;

/** A command waited for its turn on a shared connection until its time was up; it was not sent. */
final class NoTurnException extends JedisException {
  private static final long serialVersionUID = 1L;

  NoTurnException() {
    super("no turn on a shared connection within the command timeout");
  }
}
