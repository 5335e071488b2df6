// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContenderTest {
  private static final URI NO_SERVER = URI.create("redis://127.0.0.1:1");

  @ParameterizedTest
  @ValueSource(strings = {"caffeine-jcache", "ehcache"})
  void open_contenderInProcess_needsNoServer(String label) {
    String value = Payload.value(20);
    try (CacheUnderTest cache =
        Contender.named(label).open(NO_SERVER, 100, Duration.ofMinutes(10))) {
      cache.putAll(Map.of("a", value));
      cache.put("b", value);

      assertThat(cache.getAll(Set.of("a", "b", "absent"))).containsOnlyKeys("a", "b");
      assertThat(cache.increment("a")).isEqualTo(Payload.next(value));
      assertThat(cache.get("a")).isEqualTo(Payload.next(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jedis", "lettuce", "redisson", "caffeine-jcache", "ehcache"})
  void version_ofAJar_followsTheName(String label) {
    assertThat(Contender.named(label).version()).matches(label + " \\d+\\.\\d+\\.\\d+\\S*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jcache", "Redisson"})
  void named_unknown_namesAllThereAre(String label) {
    assertThatThrownBy(() -> Contender.named(label))
        .hasMessageContaining("contender '" + label + "' is unknown; expected one of [jcache-redis")
        .hasMessageContaining("ehcache");
  }
}
