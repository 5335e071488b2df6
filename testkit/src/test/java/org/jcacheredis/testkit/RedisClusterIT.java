// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisMovedDataException;

class RedisClusterIT {
  @Test
  void start_threeMasters_spreadsKeys() {
    try (RedisCluster cluster = RedisCluster.start(3, 0);
        RedisClusterClient client = client(cluster)) {
      for (int i = 0; i < 300; i++) {
        client.set("k" + i, "v");
      }
      for (RedisServer master : cluster.masters()) {
        try (RedisProbe probe = RedisProbe.of(master)) {
          assertThat(probe.keys("*")).hasSizeGreaterThan(50);
        }
      }
      int slot = RedisCluster.slot("k0".getBytes(UTF_8));
      RedisServer owner = cluster.masterOf(slot);
      RedisServer next =
          cluster.masters().stream().filter(m -> m != owner).findFirst().orElseThrow();
      cluster.moveSlot(slot, owner, next);
      try (RedisProbe old = RedisProbe.of(owner);
          RedisProbe moved = RedisProbe.of(next)) {
        assertThatThrownBy(() -> old.get("k0")).isInstanceOf(JedisMovedDataException.class);
        assertThat(moved.get("k0")).isEqualTo("v");
      }
    }
  }

  @Test
  void start_withReplicas_everyNodeKnowsThem() {
    try (RedisCluster cluster = RedisCluster.start(3, 1)) {
      assertThat(cluster.nodes()).hasSize(6);
      try (RedisProbe probe = RedisProbe.of(cluster.replicas().get(0))) {
        assertThat(probe.info("replication"))
            .containsEntry("role", "slave")
            .containsEntry("master_port", Integer.toString(cluster.masters().get(0).port()));
      }
    }
  }

  private static RedisClusterClient client(RedisCluster cluster) {
    return RedisClusterClient.builder()
        .nodes(
            cluster.nodes().stream()
                .map(node -> new HostAndPort(node.host(), node.port()))
                .collect(Collectors.toSet()))
        .build();
  }
}
