// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.Test;

class ChunksTest {
  @Test
  void of_noElements_givesNoChunks() {
    assertThat(new Chunks(2, 10).of(List.<Integer>of(), size -> size)).isEmpty();
  }

  @Test
  void of_moreThanTheMostElements_cutsInOrder() {
    assertThat(new Chunks(2, 10).of(List.of(1, 2, 3, 4, 5), size -> size))
        .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
  }

  @Test
  void of_bytesUpToTheBound_stayTogether() {
    assertThat(new Chunks(9, 10).of(List.of(4, 6, 5, 5, 1), size -> size))
        .containsExactly(List.of(4, 6), List.of(5, 5), List.of(1));
  }

  @Test
  void of_elementLargerThanTheBound_isAChunkByItself() {
    assertThat(new Chunks(9, 10).of(List.of(1, 50, 1, 1, 11), size -> size))
        .containsExactly(List.of(1), List.of(50), List.of(1, 1), List.of(11));
  }

  @Test
  void of_boundOfZero_givesEachItsOwn() {
    assertThat(new Chunks(9, 0).of(List.of(1, 2), size -> size))
        .containsExactly(List.of(1), List.of(2));
  }

  @Test
  void of_elementsOfGiantSizes_doNotOverflow() {
    int giant = Integer.MAX_VALUE;
    assertThat(new Chunks(9, giant).of(List.of(giant, giant, giant), size -> size)).hasSize(3);
  }

  @Test
  void ofKeys_countsTheirBytes() {
    EntryKey five = new EntryKey(new byte[5]);
    assertThat(new Chunks(9, 10).ofKeys(List.of(five, five, five)))
        .containsExactly(List.of(five, five), List.of(five));
  }
}
