// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javax.management.BadAttributeValueExpException;
import org.jcacheredis.codec.Samples.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBytesTest {
  private static final int ROUNDS = 150;

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void decodeValue_ofMutatedBytes_throwsCodecExceptionOrGivesAValue(String name) {
    EntryCodec codec = Codecs.of(name);
    for (Object value : ValueRoundTripTest.values()) {
      if (name.equals("kryo") || value instanceof java.io.Serializable) {
        fuzz(serializable(codec, value), codec::decodeValue);
      }
    }
  }

  @Test
  void decodeKey_ofMutatedBytes_throwsCodecExceptionOrGivesAKey() {
    EntryCodec codec = Codecs.kryo();
    for (Object key : KeySamples.all()) {
      fuzz(codec.encodeKey(key), codec::decodeKey);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void decodeValue_ofMutatedCompressedBytes_throwsCodecExceptionOrGivesAValue(String compression) {
    EntryCodec codec = Codecs.open(Codecs.settings("kryo", compression));
    fuzz(codec.encodeValue("compress me ".repeat(100)), codec::decodeValue);
  }

  private static byte[] serializable(EntryCodec codec, Object value) {
    try {
      return codec.encodeValue(value);
    } catch (CodecException e) {
      return codec.encodeValue(List.of("instead"));
    }
  }

  private static void fuzz(byte[] valid, Function<byte[], Object> decode) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutate(valid, random);
      try {
        assertThat(decode.apply(bytes)).isNotNull();
      } catch (CodecException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      } catch (Throwable other) {
        throw new AssertionError(
            "seed " + seed + " round " + round + ": " + Arrays.toString(bytes), other);
      }
    }
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    if (bytes.length > 0) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean() ? (byte) random.nextInt() : (byte) (0xF0 | random.nextInt(16));
      }
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(4));
      default -> bytes;
    };
  }

  @Test
  void decodeValue_ofJavaGadget_isRefused() throws Exception {
    for (Object gadget :
        List.of(
            new BadAttributeValueExpException("x"),
            new java.util.ArrayList<>(List.of(new java.net.URL("http://localhost/"))),
            new HashMap<>(Map.of("k", new java.io.File("x"))))) {
      byte[] stream = serialize(gadget);
      byte[] value = new byte[stream.length + 1];
      value[0] = Envelope.header(Envelope.JAVA);
      System.arraycopy(stream, 0, value, 1, stream.length);
      assertThatThrownBy(() -> Codecs.of("java").decodeValue(value))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("is not allowed");
    }
  }

  @Test
  void encodeValue_ofProxy_isRefused() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> null);
    for (String codec : List.of("kryo", "java")) {
      assertThatThrownBy(() -> Codecs.of(codec).encodeValue(proxy))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void decode_ofClassNotAllowed_doesNotInitialiseIt() {
    String loud = Samples.class.getName() + "$Loud";
    EntryCodec closed = Codecs.open(Codecs.settings("kryo", "none"));
    byte[] kryo = named(Envelope.header(Envelope.KRYO), 1, 0, loud);
    byte[] key = named((byte) KeyTags.BINARY, KeyTags.OBJECT, -1, loud);

    for (byte[] bytes : List.of(kryo, key)) {
      assertThatThrownBy(
              () -> {
                Object ignored = bytes == key ? closed.decodeKey(bytes) : closed.decodeValue(bytes);
              })
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("Loud is not allowed");
    }
    assertThat(System.getProperty("org.jcacheredis.codec.loud")).isNull();
  }

  private static byte[] named(byte header, int tag, int nameId, String name) {
    Output out = new Output(64, -1);
    out.writeByte(header);
    out.writeByte(tag);
    if (nameId >= 0) {
      out.writeVarInt(nameId, true);
    }
    out.writeString(name);
    return out.toBytes();
  }

  @Test
  void decodeValue_ofSerializedMapThatEndsInAKey_throwsCodecException() {
    EntryCodec codec = Codecs.of("java");
    byte[] bytes = codec.encodeValue(Map.of("key", "value", "other", "value"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);

    // the number of keys and values together is a block of four bytes
    byte[] odd = text.replace("w\4\0\0\0\4", "w\4\0\0\0\3").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(odd).isNotEqualTo(bytes);
    assertThatThrownBy(() -> codec.decodeValue(odd)).isInstanceOf(CodecException.class);
  }

  @Test
  void decodeValue_ofHugeLengths_isRefusedCheaply() {
    // an Object[], an int[], a String and an ArrayList that claim two thousand million elements
    for (int id : List.of(18, 12, 1, 20)) {
      Output out = new Output(64, -1);
      out.writeByte(Envelope.header(Envelope.KRYO));
      out.writeVarInt(id + 2, true);
      out.writeVarInt(1, true);
      out.writeVarInt(Integer.MAX_VALUE, true);
      byte[] bytes = out.toBytes();
      assertThatThrownBy(() -> Codecs.kryo().decodeValue(bytes)).isInstanceOf(CodecException.class);
    }
  }

  @Test
  void decodeValue_ofOtherCodecsValue_saysSo() {
    byte[] kryo = Codecs.kryo().encodeValue(List.of(1));

    assertThatThrownBy(() -> Codecs.of("java").decodeValue(kryo))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec.name");
  }

  @Test
  void encodeValue_ofAllowedSingleton_stillWorksAfterRefusals() {
    EntryCodec codec = Codecs.kryo();
    byte[] good = codec.encodeValue(Singleton.INSTANCE);
    assertThatThrownBy(() -> codec.decodeValue("@damaged".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CodecException.class);

    assertThatCode(() -> codec.decodeValue(good)).doesNotThrowAnyException();
  }

  private static byte[] serialize(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }
}
