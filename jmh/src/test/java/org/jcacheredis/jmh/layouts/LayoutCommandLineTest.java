// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LayoutCommandLineTest {

  @Test
  void options_ofNothing_measureAllOnBothLayouts() {
    LayoutOptions options = new LayoutCommandLine().options();

    assertThat(options.measures()).containsExactly(Measure.values());
    assertThat(options.arrangements())
        .extracting(Arrangement::toString)
        .containsExactly("keys", "hash");
    assertThat(options.entriesOr(7)).containsExactly(7);
  }

  @Test
  void measured_withAPlace_leavesThePlaceOut() {
    LayoutCommandLine line =
        new LayoutCommandLine("--measures", "walk,small", "--data", "elsewhere/figures.json");

    assertThat(line.measured()).isEqualTo("--measures walk,small");
    assertThat(line.data()).hasToString("elsewhere/figures.json");
  }

  @Test
  void options_unknownMeasure_saysWhatThereIs() {
    assertThatThrownBy(() -> new LayoutCommandLine("--measures", "speed").options())
        .hasMessage("measure 'speed' is unknown; expected some of clear,walk,memory,small,calls");
  }
}
