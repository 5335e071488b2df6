// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.exceptions.JedisException;

/**
 * A command was not sent, since its turn on a shared connection did not come: the message says why.
 */
final class NoTurnException extends JedisException {
  private static final long serialVersionUID = 1L;

  NoTurnException(String reason) {
    super(reason);
  }
}
