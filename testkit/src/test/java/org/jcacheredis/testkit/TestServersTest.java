// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestServersTest {
  @Test
  void address_withoutPort_hasTheUsualOne() {
    assertThat(TestServers.address("redis://localhost"))
        .isEqualTo(URI.create("redis://localhost:6379"));
  }

  @Test
  void address_complete_staysAsItIs() {
    String complete = "rediss://me:p%40ss%25@redis.example:7000/2";

    assertThat(TestServers.address(complete)).isEqualTo(URI.create(complete));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:6379", "localhost", "http://host", "redis://", "redis://a b"})
  void address_ofNoServer_isRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> TestServers.address(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("REDIS_URL is no address of a server; write redis://");
  }
}
