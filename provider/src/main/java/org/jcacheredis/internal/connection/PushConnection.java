// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;

/** A RESP3 connection whose reader gets all that the server sends of its own accord. */
final class PushConnection extends OneTimeConnection {
  PushConnection(JedisSocketFactory sockets, JedisClientConfig config) {
    super(sockets, config);
  }

  // called by the constructor of the superclass
  @Override
  protected void initPushConsumers(JedisClientConfig config) {
    addPushConsumer(
        push -> {
          push.propagate();
          return push;
        });
  }

  /** Sends what was buffered. */
  void send() {
    flush();
  }
}
