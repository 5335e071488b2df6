// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisProbeIT {
  private RedisServer server;
  private RedisProbe probe;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    probe = RedisProbe.of(server);
  }

  @AfterEach
  void stop() {
    probe.close();
    server.close();
  }

  @Test
  void set_binaryKey_isReadBack() {
    byte[] key = {0, -1, 13, 10, 32};
    byte[] value = {-128, 0, 127};
    probe.set(key, value);
    assertThat(probe.get(key)).isEqualTo(value);
    assertThat(probe.exists(key)).isTrue();
    assertThat(probe.type(key)).isEqualTo("string");
    assertThat(probe.pttl(key)).isEqualTo(-1);
    assertThat(probe.del(key)).isTrue();
    assertThat(probe.get(key)).isNull();
    assertThat(probe.pttl(key)).isEqualTo(-2);
    assertThat(probe.type(key)).isEqualTo("none");
  }

  @Test
  void keys_manyPages_findsThoseThatMatch() {
    for (int i = 0; i < 2_500; i++) {
      probe.set("a:" + i, "x");
      probe.set("b:" + i, "x");
    }
    assertThat(probe.keys("a:*")).hasSize(2_500).contains("a:0", "a:2499").doesNotContain("b:0");
    probe.flush();
    assertThat(probe.keyBytes("*")).isEmpty();
  }

  @Test
  void command_nestedReply_isReadable() {
    probe.set("k", "v");
    assertThat(probe.command("MGET", "k", "absent")).asInstanceOf(LIST).containsExactly("v", null);
    assertThat(probe.command("INCR", "n")).isEqualTo(1L);
  }

  @Test
  void commandsDuring_ownAndForeignCommands_countsForeignOnly() {
    try (RedisProbe client = RedisProbe.of(server)) {
      client.command("PING");
      Map<String, Long> during =
          probe.commandsDuring(
              () -> {
                client.get("a");
                client.get("b");
                client.command("CONFIG", "GET", "save");
                client.command("EVAL", "return redis.call('GET', KEYS[1])", "1", "a");
                probe.get("a");
                probe.command("CONFIG", "GET", "save");
              });
      assertThat(during).isEqualTo(Map.of("get", 3L, "config|get", 1L, "eval", 1L));
    }
  }

  @Test
  void resetStats_afterCommands_startsAnew() {
    probe.get("a");
    assertThat(probe.commandCounts()).containsKey("get");
    probe.resetStats();
    assertThat(probe.commandCounts()).doesNotContainKey("get");
  }

  @Test
  void slowlog_everyCommandIsSlow_namesThem() {
    probe.command("CONFIG", "SET", "slowlog-log-slower-than", "0");
    probe.get("slow".getBytes(UTF_8));
    assertThat(probe.slowlog())
        .extracting(RedisProbe.SlowCommand::words)
        .contains(List.of("GET", "slow"));
    assertThat(probe.usedMemory()).isPositive();
  }
}
