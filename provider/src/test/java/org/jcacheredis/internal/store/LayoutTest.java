// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  @Test
  void toString_isWhatIsNotedInTheServer() {
    assertThat(Layout.KEYS).hasToString("keys");
    assertThat(Layout.hash(1)).hasToString("hash:1");
    assertThat(Layout.hash(4096)).hasToString("hash:4096");
  }

  @Test
  void parse_eachNote_isTheWayBack() {
    assertThat(Layout.parse("keys")).isEqualTo(Layout.KEYS);
    for (int partitions = 1; partitions <= 4096; partitions *= 2) {
      assertThat(Layout.parse("hash:" + partitions)).isEqualTo(Layout.hash(partitions));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "key",
        "keys:1",
        "KEYS",
        "hash",
        "hash:",
        "hash:0",
        "hash:3",
        "hash:-2",
        "hash:064",
        "hash:64 ",
        "hash:99999999999",
        "hash:8192",
        "tree:64"
      })
  void parse_anythingElse_isNotKnown(String note) {
    assertThat(Layout.parse(note)).isNull();
  }

  @Test
  void name_isThatOfTheSetting() {
    assertThat(Layout.KEYS.name()).isEqualTo("keys");
    assertThat(Layout.hash(8).name()).isEqualTo("hash");
  }
}
