// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcacheredis.feature.Incapable;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.store.FieldLifetimes.Lack;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a server says that has no lifetimes for fields of hashes. */
class FieldLifetimesIT {
  @AutoClose private final RedisServer server = Incapable.start();
  @AutoClose private final Redis redis = Connections.open(server);
  @AutoClose private final RedisProbe probe = RedisProbe.of(server);
  private final FieldLifetimes fields = FieldLifetimes.of("FieldLifetimesIT", "c");

  private Lack lack() {
    return fields.lack(redis.callAll(fields.trials()));
  }

  @Test
  void lack_commandsThatTheServerDoesNotKnow_areNamedEach() {
    Lack lack = lack();

    assertThat(lack.isNone()).isFalse();
    assertThat(lack.unknown())
        .contains("HSETEX", "HGETEX", "HGETDEL")
        .doesNotContain("HGET", "HMGET", "HEXISTS", "HLEN", "HDEL");
    assertThat(lack.forbidden()).isEmpty();
    assertThat(lack.fact())
        .isEqualTo("the server does not know " + String.join(", ", lack.unknown()));
    assertThat(lack.remedy()).isEqualTo("use Redis 8.0 or later, or Valkey 9.1 or later");
    assertThat(probe.keys("*")).isEmpty();
  }
}
