// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** Whether tests of the hash layout run is decided by the server alone. */
class FieldLifetimesConditionIT {
  private final RedisEndpoint server = TestServers.shared();

  @Test
  void verdict_anyServer_agreesWithItsListOfCommands() {
    List<String> lacking = commandsThatTheServerDoesNotList();
    ConditionEvaluationResult verdict = FieldLifetimesCondition.verdict(server);
    assertThat(verdict.isDisabled()).isEqualTo(!lacking.isEmpty());
    assertThat(verdict.getReason().orElseThrow())
        .contains(String.join(", ", lacking))
        .contains(" at " + server.host() + ":" + server.port());
  }

  @Test
  void verdict_anyServer_leavesNoKeyBehind() {
    FieldLifetimesCondition.verdict(server);
    try (RedisProbe probe = RedisProbe.of(server)) {
      assertThat(probe.keys("FieldLifetimesCondition*")).isEmpty();
    }
  }

  private List<String> commandsThatTheServerDoesNotList() {
    try (RedisProbe probe = RedisProbe.of(server)) {
      return List.of("HSETEX", "HGETEX", "HGETDEL").stream()
          .filter(command -> !isListed(probe.command("COMMAND", "INFO", command)))
          .toList();
    }
  }

  private static boolean isListed(Object reply) {
    return ((List<?>) reply).stream().anyMatch(Objects::nonNull);
  }
}
