// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.Test;

class FifteenLinesIT {
  @Test
  void main_onAServer_sellsAnApple() {
    try (JavaProcess program =
            JavaProcess.start(FifteenLines.class, TestServers.shared().uri().toString());
        RedisProbe probe = RedisProbe.of(TestServers.shared())) {
      assertThat(program.exitValue()).isZero();
      assertThat(program.lines()).containsExactly("sold: true, apples left: 2");
      assertThat(probe.del("jcache:stock:apples")).isTrue();
    }
  }
}
