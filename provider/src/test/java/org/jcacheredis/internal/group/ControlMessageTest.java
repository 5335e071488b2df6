// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other versions of this provider read these bytes. */
class ControlMessageTest {
  private static final ControlMessage CHANGED =
      new ControlMessage(
          ControlMessage.Kind.INTEREST_CHANGED, 0x0123456789abcdefL, 7, "jcache:größe:");

  @Test
  void toBytes_isGolden() {
    assertThat(HexFormat.of().formatHex(CHANGED.toBytes()))
        .isEqualTo("01490123456789abcdef00000000000000076a63616368653a6772c3b6c39f653a");
    assertThat(
            HexFormat.of()
                .formatHex(
                    new ControlMessage(ControlMessage.Kind.ACKNOWLEDGED, -1, 1, "").toBytes()))
        .isEqualTo("0141ffffffffffffffff0000000000000001");
  }

  @ParameterizedTest
  @EnumSource
  void parse_isTheWayBack(ControlMessage.Kind kind) {
    ControlMessage message = new ControlMessage(kind, Long.MIN_VALUE, Long.MAX_VALUE, "a:b:");

    assertThat(ControlMessage.parse(message.toBytes())).isEqualTo(message);
  }

  @Test
  void parse_newerVersion_isNull() {
    byte[] newer = CHANGED.toBytes();
    newer[0] = 2;

    assertThat(ControlMessage.parse(newer)).isNull();
  }

  @Test
  void parse_unknownKind_isNull() {
    byte[] unknown = CHANGED.toBytes();
    unknown[1] = 'Z';

    assertThat(ControlMessage.parse(unknown)).isNull();
  }

  @Test
  void parse_anyShorterBytes_isNullOrHasAShorterPrefix() {
    byte[] whole = CHANGED.toBytes();
    for (int length = 0; length < 18; length++) {
      assertThat(ControlMessage.parse(Arrays.copyOf(whole, length))).isNull();
    }
    ControlMessage shorter = ControlMessage.parse(Arrays.copyOf(whole, 18));
    assertThat(shorter).isNotNull();
    assertThat(shorter.prefix()).isEmpty();
  }
}
