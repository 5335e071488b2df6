// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompareOptionsTest {

  @Test
  void parse_nothing_comparesUsWithAllOthersOnRedis() {
    CompareOptions options = CompareOptions.parse();

    assertThat(options.groups())
        .allSatisfy(
            group ->
                assertThat(group.contenders())
                    .containsExactly("jcache-redis", "jedis", "lettuce", "redisson"));
  }

  @Test
  void parse_namedThreadsAndBenchmarks_leaveNothingElseOfTheSet() {
    CompareOptions options =
        CompareOptions.parse(
            "--benchmarks", "mix", "--reads", "100,50", "--threads", "2", "--virtual", "1000");

    assertThat(Rounds.turns(options.groups(), 1))
        .extracting(turn -> turn.cell().call() + " " + turn.cell().workers().label())
        .hasSize(16)
        .containsOnly(
            "mix 100/0 2", "mix 100/0 1,000 virtual", "mix 50/50 2", "mix 50/50 1,000 virtual");
  }

  @Test
  void parse_unknownBenchmark_namesIt() {
    assertThatThrownBy(() -> CompareOptions.parse("--benchmarks", "getOne"))
        .hasMessageContaining("benchmark 'getOne' is unknown");
  }

  @Test
  void parse_noRounds_namesTheOption() {
    assertThatThrownBy(() -> CompareOptions.parse("--rounds", "0"))
        .hasMessageContaining("option 'rounds' is 0");
  }

  @Test
  void parse_fewerEntriesThanOneBulkCallCarries_namesTheOption() {
    assertThatThrownBy(() -> CompareOptions.parse("--entries", "99"))
        .hasMessageContaining("option 'entries' is 99; expected 100 or more");
  }
}
