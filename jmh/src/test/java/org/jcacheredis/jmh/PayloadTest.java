// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PayloadTest {

  @Test
  void next_anyValue_countsOneMoreAndKeepsTheSize() {
    String value = Payload.value(100);

    String next = Payload.next(Payload.next(value));

    assertThat(Payload.count(next)).isEqualTo(2);
    assertThat(next).hasSameSizeAs(value);
  }

  @Test
  void value_tooSmallForTheCounter_namesTheSize() {
    assertThatThrownBy(() -> Payload.value(9)).hasMessageContaining("size is 9");
  }

  @Test
  void batches_together_holdEveryKeyOnce() {
    assertThat(Payload.batches(1000, "v").stream().flatMap(batch -> batch.keySet().stream()))
        .containsExactly(Payload.keys(1000));
  }
}
