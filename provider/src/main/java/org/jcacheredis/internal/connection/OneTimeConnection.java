// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection that is opened once. The client library's own opens a closed socket again when the
 * next command is sent, without password and database, and without what was sent before: the
 * replies would go to the wrong commands.
 */
final class OneTimeConnection extends Connection {
  // no initializer: the constructor of the superclass connects
  private boolean wasOpened;

  OneTimeConnection(HostAndPort server, JedisClientConfig config) {
    super(server, config);
  }

  @Override
  public void connect() {
    if (!wasOpened) {
      wasOpened = true;
      super.connect();
    } else if (!isConnected()) {
      throw new JedisConnectionException("the connection was closed");
    }
  }
}
