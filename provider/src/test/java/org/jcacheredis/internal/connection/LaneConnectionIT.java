// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

class LaneConnectionIT {
  private static final JedisClientConfig CONFIG =
      DefaultJedisClientConfig.builder().resp2().socketTimeoutMillis(300).build();

  private final FaultProxy proxy = FaultProxy.before(TestServers.shared());
  private final AtomicLong clock = new AtomicLong(System.nanoTime());
  private final LaneConnection connection =
      new LaneConnection(
          () ->
              new OneTimeConnection(
                  new HostAndPort(proxy.uri().getHost(), proxy.uri().getPort()), CONFIG),
          new AtomicInteger(),
          clock::get);

  @AfterEach
  void close() {
    connection.drop();
    proxy.close();
  }

  @Test
  void ready_connectionInUse_asksNobody() {
    Connection first = connection.ready();
    proxy.resetCounts();
    pass(Duration.ofSeconds(4));
    assertThat(connection.ready()).isSameAs(first);
    assertThat(proxy.requestBytes()).isZero();
  }

  @Test
  void ready_connectionDroppedInAQuietTime_isAnother() {
    Connection first = connection.ready();
    proxy.cut();
    pass(Duration.ofSeconds(6));
    Connection second = connection.ready();
    assertThat(second).isNotSameAs(first);
    assertThat(second.ping()).isTrue();
  }

  @Test
  void ready_quietConnectionThatWorks_isKept() {
    Connection first = connection.ready();
    pass(Duration.ofSeconds(6));
    assertThat(connection.ready()).isSameAs(first);
  }

  @Test
  void ready_serverSilentAfterAQuietTime_failsAfterOneTimeout() {
    connection.ready();
    pass(Duration.ofSeconds(6));
    proxy.freeze();
    long start = System.nanoTime();
    assertThatThrownBy(connection::ready)
        .isInstanceOf(JedisException.class)
        .satisfies(e -> assertThat(Failures.isTimeout(e)).isTrue());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }
}
