// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedServerIT {
  @Test
  void shared_askedTwice_isOneRunningServer() {
    assertThat(TestServers.shared()).isSameAs(TestServers.shared());
    try (RedisProbe probe = RedisProbe.of(TestServers.shared())) {
      assertThat(probe.command("PING")).isEqualTo("PONG");
    }
  }
}
