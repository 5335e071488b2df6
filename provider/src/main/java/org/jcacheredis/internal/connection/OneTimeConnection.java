// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
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

  /** Gives a pool such connections. */
  static final class Factory extends ConnectionFactory {
    private final HostAndPort server;
    private final JedisClientConfig config;

    Factory(HostAndPort server, JedisClientConfig config) {
      super(server, config);
      this.server = server;
      this.config = config;
    }

    @Override
    public PooledObject<Connection> makeObject() {
      return new DefaultPooledObject<>(new OneTimeConnection(server, config));
    }
  }
}
