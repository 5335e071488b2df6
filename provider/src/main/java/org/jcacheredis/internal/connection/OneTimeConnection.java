// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection that is opened once. The client library's own opens a closed socket again when the
 * next command is sent, without password and database, and without what was sent before: the
 * replies would go to the wrong commands.
 */
sealed class OneTimeConnection extends Connection permits PushConnection {
  // no initializer: the constructor of the superclass connects
  private boolean wasOpened;

  OneTimeConnection(HostAndPort server, JedisClientConfig config) {
    super(server, config);
  }

  OneTimeConnection(JedisSocketFactory sockets, JedisClientConfig config) {
    super(sockets, config);
  }

  private OneTimeConnection(Builder builder) {
    super(builder);
  }

  /** Makes such connections for a pool. */
  static ConnectionFactory factory(HostAndPort server, JedisClientConfig config) {
    Builder builder =
        new Builder() {
          @Override
          protected Connection createConnection() {
            return new OneTimeConnection(this);
          }
        };
    builder.socketFactory(new DefaultJedisSocketFactory(server, config)).clientConfig(config);
    return ConnectionFactory.builder()
        .hostAndPort(server)
        .clientConfig(config)
        .connectionBuilder(builder)
        .build();
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
