// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.Test;

class QuickStartIT {
  @Test
  void run_onAServer_saysWhatTheReadmeShows() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    QuickStart.run(TestServers.shared().uri(), new PrintStream(said, true, UTF_8));

    assertThat(steady(said.toString(UTF_8)))
        .isEqualTo(steady(Readme.block("text", "JCache on redis://")));
  }

  /** Addresses differ, a second may pass, and how a record is stored is the codec's business. */
  private static String steady(String transcript) {
    return transcript
        .replaceAll("redis://\\S+", "redis://server")
        .replaceAll("TTL (600|599) ", "TTL 600 ")
        .replaceAll("(?m)@\\.\\.org.*$", "@..");
  }

  @Test
  void run_onAServer_leavesNothing() {
    QuickStart.run(TestServers.shared().uri(), new PrintStream(new ByteArrayOutputStream()));

    try (RedisProbe probe = RedisProbe.of(TestServers.shared())) {
      assertThat(probe.keys("quickstart:*")).isEmpty();
    }
  }
}
