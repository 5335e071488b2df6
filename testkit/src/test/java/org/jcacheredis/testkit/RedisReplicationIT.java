// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisReplicationIT {
  @Test
  void failOver_killedMaster_makesTheReplicaMaster() {
    try (RedisReplication replication = RedisReplication.start(3);
        RedisProbe replica = RedisProbe.of(replication.replica())) {
      try (RedisProbe master = RedisProbe.of(replication.master())) {
        master.set("k", "v");
        master.command("WAIT", "1", "1000");
      }
      assertThat(replica.get("k")).isEqualTo("v");
      assertThat(replication.uri().toString()).startsWith("redis-sentinel://127.0.0.1:");
      replication.failOver();
      try (RedisProbe promoted = RedisProbe.of(replication.replica())) {
        promoted.set("k", "w");
        assertThat(promoted.get("k")).isEqualTo("w");
      }
    }
  }
}
