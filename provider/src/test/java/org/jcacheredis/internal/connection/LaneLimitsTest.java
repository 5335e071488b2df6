// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of a pipeline, down to the least that the settings allow. */
class LaneLimitsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @Test
  void carry_manyThreadsAndNoBytesAllowed_eachIsSentAlone() {
    EchoConnection.Line line = new EchoConnection.Line();
    Lane lane =
        new Lane(
            new LaneConnection(
                () -> new EchoConnection(line), new AtomicInteger(), System::nanoTime),
            new Lane.Limits(64, 0, TIMEOUT.toNanos()),
            Runnable::run);
    List<CompletableFuture<Void>> callers =
        IntStream.range(0, 4)
            .mapToObj(
                caller -> CompletableFuture.runAsync(() -> carryMany(lane, caller), daemons()))
            .toList();
    assertThat(callers)
        .allSatisfy(caller -> assertThat(caller).succeedsWithin(Duration.ofSeconds(10)));
    assertThat(line.sent).hasSize(8_000);
  }

  private static Executor daemons() {
    return task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
    };
  }

  private static void carryMany(Lane lane, int caller) {
    for (int i = 0; i < 2_000; i++) {
      PendingCommand command = EchoConnection.command(caller + ":" + i);
      lane.carry(command);
      assertThat(command.failure()).isNull();
      assertThat(EchoConnection.reply(command)).isEqualTo(caller + ":" + i);
    }
  }
}
