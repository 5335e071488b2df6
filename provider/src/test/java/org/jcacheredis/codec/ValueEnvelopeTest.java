// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jcacheredis.codec.Samples.Color;
import org.jcacheredis.codec.Samples.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueEnvelopeTest {
  /** A codec of a user's own: text backwards. */
  public static final class Reversing implements ValueCodec {
    @Override
    public byte[] encode(Object value) {
      return new StringBuilder((String) value)
          .reverse()
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object decode(byte[] payload) {
      return new StringBuilder(new String(payload, StandardCharsets.UTF_8)).reverse().toString();
    }
  }

  @Test
  void encodeValue_ofScalars_hasGoldenBytes() {
    Map<Object, String> golden = new LinkedHashMap<>();
    golden.put("h\u00e9", "Dh\u00e9");
    golden.put(42L, "E42");
    golden.put(42, "F42");
    golden.put((short) 42, "G42");
    golden.put((byte) 42, "H42");
    golden.put(4.5, "I4.5");
    golden.put(4.5f, "J4.5");
    golden.put(true, "Ktrue");
    golden.put(new BigDecimal("1.50"), "L1.50");
    golden.put(new BigInteger("42"), "M42");
    for (String codec : List.of("kryo", "java")) {
      golden.forEach(
          (value, text) -> {
            byte[] bytes = Codecs.of(codec).encodeValue(value);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
            assertThat(Codecs.of(codec).decodeValue(bytes)).isEqualTo(value);
          });
    }
    assertThat(hex(Codecs.kryo().encodeValue(new byte[] {1, -1}))).isEqualTo("4e01ff");
  }

  @Test
  void encodeValue_ofObjects_hasGoldenBytes() {
    assertThat(hex(Codecs.kryo().encodeValue(List.of("a", 1)))).isEqualTo(KRYO_LIST);
    assertThat(hex(Codecs.kryo().encodeValue(Color.RED))).isEqualTo(KRYO_ENUM);
    assertThat(hex(Codecs.kryo().encodeValue(new Point(1, 2)))).isEqualTo(KRYO_RECORD);
    assertThat(hex(Codecs.of("java").encodeValue(new java.util.Date(0)))).startsWith("41aced0005");
  }

  private static final String KRYO_LIST = "402b01020382610202";
  private static final String KRYO_ENUM =
      "400100a46f72672e6a636163686572656469732e636f6465632e53616d706c657324436f6c6f725245c4";
  private static final String KRYO_RECORD =
      "400100a46f72672e6a636163686572656469732e636f6465632e53616d706c657324506f696e7401028278827902020204";

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void encodeValue_aboveThreshold_compresses(String compression) {
    EntryCodec codec = Codecs.open(Codecs.settings("kryo", compression));
    String text = "compress me ".repeat(1000);

    byte[] bytes = codec.encodeValue(text);

    assertThat(bytes.length).isLessThan(text.length() / 10);
    assertThat(codec.decodeValue(bytes)).isEqualTo(text);
    assertThat(Codecs.kryo().decodeValue(bytes)).isEqualTo(text);
    assertThat(codec.encodeValue("short")[0]).isEqualTo((byte) 'D');
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void decodeValue_ofBomb_isRefused(String compression) {
    byte[] bytes =
        Codecs.open(Codecs.settings("kryo", compression)).encodeValue("x".repeat(500_000));
    EntryCodec small = Codecs.open(new CodecSettings("kryo", List.of(), compression, 64, 10_000));

    assertThatThrownBy(() -> small.decodeValue(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec.max-value-size");
    bytes[3] = 0; // claims to be smaller than it is
    assertThatThrownBy(() -> small.decodeValue(bytes)).isInstanceOf(CodecException.class);
  }

  @Test
  void encodeValue_aboveMaximum_namesTypeSizeAndSetting() {
    EntryCodec small = Codecs.open(new CodecSettings("kryo", List.of(), "none", 64, 100));

    assertThatThrownBy(() -> small.encodeValue("x".repeat(100)))
        .isInstanceOf(CodecException.class)
        .hasMessage(
            "value of class java.lang.String has 101 bytes; setting 'codec.max-value-size' allows 100; raise it or store less");
    assertThatThrownBy(() -> small.encodeValue(List.of("x".repeat(1000))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("more than 100 bytes");
    assertThat(small.encodeValue("x".repeat(99))).hasSize(100);
  }

  @Test
  void decodeValue_ofUnknownFormats_isRefused() {
    for (String hex :
        List.of(
            "", "00", "ff41", "c441", "4f41", "42", "43", "5441", "45", "454142", "44c0", "40",
            "4b7965")) {
      assertThatThrownBy(() -> Codecs.kryo().decodeValue(HexFormat.of().parseHex(hex)))
          .as(hex)
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void rawCodec_hasNoHeader() {
    EntryCodec text = Codecs.typed(Codecs.settings("raw", "none"), String.class, String.class);
    EntryCodec number = Codecs.typed(Codecs.settings("raw", "none"), String.class, Long.class);
    EntryCodec bytes = Codecs.typed(Codecs.settings("raw", "none"), String.class, byte[].class);

    assertThat(text.encodeValue("abc")).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    assertThat(text.scalarHeader(String.class)).isEmpty();
    assertThat(number.encodeValue(42L)).isEqualTo("42".getBytes(StandardCharsets.UTF_8));
    assertThat(number.decodeValue(number.encodeValue(42L))).isEqualTo(42L);
    assertThat((byte[]) bytes.decodeValue(new byte[] {1})).containsExactly(1);
    assertThatThrownBy(() -> Codecs.open(Codecs.settings("raw", "none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("setTypes");
  }

  @Test
  void jsonCodec_writesTheDeclaredType() {
    EntryCodec json = Codecs.typed(Codecs.settings("json", "none"), String.class, Point.class);

    byte[] bytes = json.encodeValue(new Point(1, 2));

    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("B{\"x\":1,\"y\":2}");
    assertThat(json.decodeValue(bytes)).isEqualTo(new Point(1, 2));
    assertThatThrownBy(
            () -> json.decodeValue("B{\"x\":\"secret\"}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CodecException.class)
        .hasNoCause()
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(() -> Codecs.open(Codecs.settings("json", "none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("setTypes");
  }

  @Test
  void customCodec_isGivenEveryValue() {
    EntryCodec codec = Codecs.of(Reversing.class.getName());

    assertThat(codec.encodeValue("abc")).isEqualTo("Ccba".getBytes(StandardCharsets.UTF_8));
    assertThat(codec.decodeValue(codec.encodeValue("abc"))).isEqualTo("abc");
    assertThat(codec.scalarHeader(String.class)).isNull();
  }

  @Test
  void constructor_ofUnknownNames_namesTheSetting() {
    assertThatThrownBy(() -> Codecs.of("kyro"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'codec.name' is 'kyro'");
    assertThatThrownBy(() -> Codecs.open(Codecs.settings("kryo", "zip")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'codec.compression' is 'zip'");
  }

  @Test
  void scalarHeader_isWhatEncodeValueWrites() {
    EntryCodec codec = Codecs.kryo();
    for (Object value :
        List.of("s", 1L, 1, (short) 1, (byte) 1, 1.0, 1f, true, BigDecimal.ONE, BigInteger.ONE)) {
      assertThat(codec.scalarHeader(value.getClass()))
          .isEqualTo(Arrays.copyOf(codec.encodeValue(value), 1));
    }
    assertThat(codec.scalarHeader(List.class)).isNull();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
