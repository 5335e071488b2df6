// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompareOptionsTest {

  @Test
  void parse_nothing_comparesUsWithAllOthers() {
    CompareOptions options = CompareOptions.parse();

    assertThat(options.contenders()).containsExactly("jcache-redis", "jedis", "redisson");
    assertThat(options.forks()).isEqualTo(90);
  }

  @Test
  void parse_fullWithThreads_keepsWhatWasNamed() {
    CompareOptions options = CompareOptions.parse("--full", "--threads", "2,4");

    assertThat(options.threads()).containsExactly(2, 4);
    assertThat(options.benchmarks()).contains("putWithTtl", "invokeHot");
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
}
