// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.Test;

class BeyondJCacheIT {
  @Test
  void main_onAServer_countsAndKeepsTheLifetime() {
    try (JavaProcess program =
            JavaProcess.start(BeyondJCache.class, TestServers.shared().uri().toString());
        RedisProbe probe = RedisProbe.of(TestServers.shared())) {
      assertThat(program.exitValue()).isZero();
      assertThat(program.lines()).containsExactly("visits: 42, lifetime kept: true");
      assertThat(probe.del("jcache:visits:ada")).isTrue();
    }
  }
}
