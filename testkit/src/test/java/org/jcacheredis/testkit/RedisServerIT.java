// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisServerIT {
  @Test
  void start_withArguments_passesThemOn() {
    try (RedisServer server = RedisServer.start("--maxmemory", "12mb");
        RedisProbe probe = RedisProbe.of(server)) {
      assertThat(probe.info("memory")).containsEntry("maxmemory", "12582912");
    }
  }

  @Test
  void start_twice_usesTwoPorts() {
    try (RedisServer one = RedisServer.start();
        RedisServer other = RedisServer.start()) {
      assertThat(one.port()).isNotEqualTo(other.port());
    }
  }

  @Test
  void start_unknownArgument_saysWhatTheServerSaid() {
    assertThatThrownBy(() -> RedisServer.start("--no-such-setting", "1"))
        .hasMessageContaining("no-such-setting");
  }

  @Test
  void close_runningServer_leavesNoProcess() {
    RedisServer server = RedisServer.start();
    server.close();
    assertThat(server.isAlive()).isFalse();
    assertThat(ProcessHandle.of(server.pid())).isEmpty();
  }

  @Test
  void restart_killedServer_isEmptyOnTheSamePort() {
    try (RedisServer server = RedisServer.start()) {
      int port = server.port();
      try (RedisProbe probe = RedisProbe.of(server)) {
        probe.set("k", "v");
      }
      server.kill();
      assertThatThrownBy(() -> RedisProbe.of(server)).isInstanceOf(JedisConnectionException.class);
      server.restart();
      assertThat(server.port()).isEqualTo(port);
      try (RedisProbe probe = RedisProbe.of(server)) {
        assertThat(probe.exists("k")).isFalse();
      }
    }
  }

  @Test
  void freeze_thenThaw_answersAgain() {
    try (RedisServer server = RedisServer.start();
        Jedis client = impatient(server)) {
      server.freeze();
      assertThatThrownBy(client::ping).isInstanceOf(JedisConnectionException.class);
      server.thaw();
      try (RedisProbe probe = RedisProbe.of(server)) {
        assertThat(probe.command("PING")).isEqualTo("PONG");
      }
    }
  }

  private static Jedis impatient(RedisServer server) {
    int millis = (int) Duration.ofMillis(200).toMillis();
    Jedis client =
        new Jedis(
            server.uri(),
            DefaultJedisClientConfig.builder().resp2().socketTimeoutMillis(millis).build());
    client.connect();
    return client;
  }
}
