// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisConnectionException;

class FaultProxyIT {
  private RedisServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    proxy = FaultProxy.before(server);
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @Test
  void roundTrips_pipeline_countsOnce() {
    try (Jedis client = client()) {
      client.ping();
      proxy.resetCounts();
      client.set("a", "1");
      assertThat(proxy.roundTrips()).isEqualTo(1);
      try (Pipeline pipeline = client.pipelined()) {
        pipeline.set("a", "2");
        pipeline.set("b", "2");
        pipeline.sync();
      }
      assertThat(proxy.roundTrips()).isEqualTo(2);
      assertThat(proxy.requestBytes()).isPositive();
      assertThat(proxy.replyBytes()).isEqualTo("+OK\r\n".length() * 3L);
    }
  }

  @Test
  void freeze_request_reachesNothingUntilHealed() {
    try (Jedis client = client();
        RedisProbe probe = RedisProbe.of(server)) {
      client.ping();
      proxy.freeze();
      assertThatThrownBy(() -> client.set("a", "1")).isInstanceOf(JedisConnectionException.class);
      assertThat(probe.exists("a")).isFalse();
      proxy.heal();
      try (Jedis second = client()) {
        assertThat(second.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void dropReplies_write_happensUnanswered() {
    try (Jedis client = client();
        RedisProbe probe = RedisProbe.of(server)) {
      client.ping();
      proxy.dropReplies();
      assertThatThrownBy(() -> client.set("a", "1")).isInstanceOf(JedisConnectionException.class);
      assertThat(probe.get("a")).isEqualTo("1");
    }
  }

  @Test
  void cut_openConnection_breaksAndNewOnePasses() {
    try (Jedis client = client()) {
      client.ping();
      assertThat(proxy.connections()).isEqualTo(1);
      proxy.cut();
      assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
      try (Jedis second = client()) {
        assertThat(second.ping()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void refuse_newConnection_isRefusedUntilHealed() {
    proxy.refuse();
    assertThatThrownBy(this::client).isInstanceOf(JedisConnectionException.class);
    proxy.heal();
    try (Jedis client = client()) {
      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void delay_reply_takesAtLeastThatLong() {
    try (Jedis client = client()) {
      client.ping();
      proxy.delay(Duration.ofMillis(50));
      long begin = System.nanoTime();
      client.ping();
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  private Jedis client() {
    DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().resp2();
    Jedis client = new Jedis(proxy.uri(), config.socketTimeoutMillis(300).build());
    try {
      client.connect();
    } catch (JedisConnectionException e) {
      client.close();
      throw e;
    }
    return client;
  }
}
