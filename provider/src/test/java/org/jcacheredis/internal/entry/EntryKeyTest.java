// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntryKeyTest {
  @Test
  void equals_byBytes_notByArray() {
    EntryKey one = new EntryKey(new byte[] {1, 0, -1});
    EntryKey same = new EntryKey(new byte[] {1, 0, -1});
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("other");
    assertThat(one).isNotEqualTo(new EntryKey(new byte[] {1, 0}));
    assertThat(Set.of(one)).contains(same);
  }

  @Test
  void equals_sameHash_comparesBytes() {
    EntryKey one = new EntryKey(new byte[] {0, 31});
    EntryKey other = new EntryKey(new byte[] {1, 0});
    assertThat(one).hasSameHashCodeAs(other).isNotEqualTo(other);
  }

  @Test
  void compareTo_anyBytes_isUnsignedOrder() {
    EntryKey empty = new EntryKey(new byte[0]);
    EntryKey zero = new EntryKey(new byte[] {0});
    EntryKey high = new EntryKey(new byte[] {-1});
    EntryKey low = new EntryKey(new byte[] {127});
    assertThat(Stream.of(high, low, zero, empty).sorted()).containsExactly(empty, zero, low, high);
  }

  @Test
  void toString_text_isReadable() {
    assertThat(new EntryKey("ключ".getBytes(UTF_8))).hasToString("ключ");
  }
}
