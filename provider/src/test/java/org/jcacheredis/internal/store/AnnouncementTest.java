// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes outlive every process: other versions of the provider send and read them. */
class AnnouncementTest {
  private static final String HEAD = "01 55 03 0102030405060708 7fffffffffffffff";
  private static final String UPDATED =
      HEAD + "00000002 6b00" + "00000005 3630303030" + "00000002 0001" + "00000000";

  @Test
  void parse_goldenBytes_givesEachField() {
    Announcement told = parse(UPDATED);
    assertThat(told.kind()).isEqualTo(Kind.UPDATED);
    assertThat(told.node()).isEqualTo(0x0102030405060708L);
    assertThat(told.id()).isEqualTo(Long.MAX_VALUE);
    assertThat(told.wishes()).isEqualTo(EnumSet.of(Wish.OLD_VALUE, Wish.SHADOW));
    assertThat(told.key().bytes()).isEqualTo(new byte[] {'k', 0});
    assertThat(told.lifetime()).isEqualTo(60_000);
    assertThat(told.value()).isEqualTo(new byte[] {0, 1});
    assertThat(told.previous()).isEmpty();
  }

  @Test
  void parse_absentFields_areNull() {
    Announcement told =
        parse("01 52 00 ffffffffffffffff 0000000000000000 00000000 00000001 30 ffffffff ffffffff");
    assertThat(told.kind()).isEqualTo(Kind.REMOVED);
    assertThat(told.node()).isEqualTo(-1);
    assertThat(told.id()).isEqualTo(Announcement.FOREIGN);
    assertThat(told.wishes()).isEmpty();
    assertThat(told.key().size()).isZero();
    assertThat(told.value()).isNull();
    assertThat(told.previous()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "C, CREATED",
    "U, UPDATED",
    "V, UPDATED_AND_EXPIRED",
    "R, REMOVED",
    "E, EXPIRED",
    "S, SILENT",
    "T, SHORTENED"
  })
  void parse_eachLetter_isItsKind(char letter, Kind kind) {
    byte[] message = bytes(UPDATED);
    message[1] = (byte) letter;
    assertThat(Objects.requireNonNull(Announcement.parse(message)).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -2, 60_000, 9_007_199_254_740_993L, Long.MAX_VALUE})
  void parse_eachLifetime_isExact(long lifetime) {
    assertThat(lifetime(Long.toString(lifetime)).lifetime()).isEqualTo(lifetime);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-3", "1e+15", "9223372036854775808", "+1", " 1", "1.0"})
  void parse_noLifetime_isRefused(String text) {
    assertThat(Announcement.parse(lifetimeMessage(text))).isNull();
  }

  @Test
  void parse_whatALaterVersionAdds_isPassedOver() {
    Announcement told = parse(UPDATED.replaceFirst(" 03 ", " ff ") + "00000001 07");
    assertThat(told.wishes()).containsExactly(Wish.values());
    assertThat(told.value()).isEqualTo(new byte[] {0, 1});
  }

  @Test
  void parse_newerVersionOrUnknownKind_isRefused() {
    for (int at : List.of(0, 1)) {
      for (byte other : new byte[] {0, 2, 'X', -1}) {
        byte[] message = bytes(UPDATED);
        message[at] = other;
        assertThat(Announcement.parse(message)).isNull();
      }
    }
  }

  @Test
  void parse_cutAnywhere_isRefused() {
    byte[] message = bytes(UPDATED);
    for (int length = 0; length < message.length; length++) {
      assertThat(Announcement.parse(Arrays.copyOf(message, length))).as("%d", length).isNull();
    }
  }

  @Test
  void parse_withoutKeyOrLifetime_isRefused() {
    String none = "ffffffff";
    assertThat(Announcement.parse(bytes(HEAD + none + "00000001 30" + none + none))).isNull();
    assertThat(Announcement.parse(bytes(HEAD + "00000001 30" + none + none + none))).isNull();
  }

  @Test
  void parse_randomBytes_neverFails() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] message = bytes(UPDATED);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
      Announcement told = Announcement.parse(message);
      assertThat(told == null || told.key() != null).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void head_ofAnAnnouncing_isPartOfTheMessage() {
    Announcing announcing =
        new Announcing(
            new byte[] {'c'},
            0x0102030405060708L,
            Long.MAX_VALUE,
            Set.of(Wish.SHADOW, Wish.OLD_VALUE));
    assertThat(announcing.head()).isEqualTo(Arrays.copyOfRange(bytes(HEAD), 2, 19));
  }

  private static Announcement lifetime(String text) {
    return Objects.requireNonNull(Announcement.parse(lifetimeMessage(text)));
  }

  private static byte[] lifetimeMessage(String text) {
    String length = HexFormat.of().toHexDigits(text.length());
    String digits = HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
    return bytes(HEAD + "00000001 6b" + length + digits + "ffffffff ffffffff");
  }

  private static Announcement parse(String hex) {
    return Objects.requireNonNull(Announcement.parse(bytes(hex)));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
