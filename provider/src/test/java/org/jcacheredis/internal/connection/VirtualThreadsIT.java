// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;

/**
 * A thousand virtual threads share the connections, pin no carrier, and an interrupt of one fails
 * none. System property {@code virtual.jvm} names the Java that runs them; without virtual threads
 * it runs platform threads.
 */
class VirtualThreadsIT {
  private static final String JVM = System.getProperty("virtual.jvm", "");

  @Test
  void call_manyVirtualThreads_allAreServedAndNonePins() {
    try (RedisServer server = RedisServer.start();
        JavaProcess process =
            JavaProcess.start(
                java(),
                Duration.ofSeconds(120),
                List.of("-Xmx512m"),
                VirtualThreadsProgram.class,
                server.uri().toString(),
                "virtual-" + UUID.randomUUID())) {
      process.awaitLine("end");
      assertThat(process.lines())
          .contains("right 20000", "wrong 0", "failed 0", "ours 0")
          .contains(
              JVM.isEmpty() && Runtime.version().feature() < 21 ? "virtual 0" : "virtual 1000");
      assertThat(process.exitValue()).isZero();
    }
  }

  private static Path java() {
    return JVM.isEmpty() ? Path.of(System.getProperty("java.home"), "bin", "java") : Path.of(JVM);
  }
}
