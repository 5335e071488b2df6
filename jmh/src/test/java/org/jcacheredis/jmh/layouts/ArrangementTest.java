// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrangementTest {

  @Test
  void settings_withPartitions_nameBoth() {
    assertThat(Arrangement.parse("hash-256").settings())
        .containsOnly(
            entry("jcache-redis.cache-defaults.layout", "hash"),
            entry("jcache-redis.cache-defaults.partitions", "256"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "hash"})
  void settings_withoutPartitions_nameTheLayoutAlone(String layout) {
    assertThat(Arrangement.parse(layout).settings())
        .containsOnly(entry("jcache-redis.cache-defaults.layout", layout));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "hash", "hash-16"})
  void toString_parsed_givesTheTextBack(String text) {
    assertThat(Arrangement.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hashes", "hash-", "hash-many"})
  void parse_unknown_saysWhatWasExpected(String text) {
    assertThatThrownBy(() -> Arrangement.parse(text))
        .hasMessage(
            "layout '" + text + "' is unknown; expected keys, hash or, with partitions, hash-64");
  }
}
