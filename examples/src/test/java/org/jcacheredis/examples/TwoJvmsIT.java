// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;

class TwoJvmsIT {
  @Test
  void run_onAServerOfItsOwn_saysWhatTheReadmeShowsAndLeavesNothing() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    // its own, since listeners change the server's settings
    try (RedisServer server = RedisServer.start();
        RedisProbe probe = RedisProbe.of(server)) {
      TwoJvms.run(server.uri(), new PrintStream(said, true, UTF_8));

      assertThat(probe.keys("*")).isEmpty();
    }
    assertThat(steady(said.toString(UTF_8)))
        .isEqualTo(steady(Readme.block("text", "This is JVM A")));
    List<String> children =
        ProcessHandle.current()
            .children()
            .map(child -> String.join(" ", child.info().arguments().orElse(new String[0])))
            .filter(arguments -> arguments.contains(OtherJvm.class.getName()))
            .toList();
    assertThat(children).as("JVM B ends with the program").isEmpty();
  }

  private static String steady(String transcript) {
    return transcript.replaceAll("redis://\\S+", "redis://server");
  }
}
