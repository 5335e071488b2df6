// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few bytes that would take much memory or time. */
class PoisonedBytesTest {
  private static final int LARGE = 512 * Codecs.MEGABYTE;

  // numbers of KryoTable
  private static final int LIST = 20;
  private static final int HASH_SET = 22;
  private static final int HASH_MAP = 27;

  record Pair(Object left, Object right) implements Serializable {}

  private static EntryCodec large(String codec, String compression) {
    return Codecs.open(
        new CodecSettings(codec, List.of("org.jcacheredis.codec.*"), compression, 64, LARGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void decodeValue_ofLargeStatedSize_takesLittleMemory(String compression) {
    EntryCodec codec = large("kryo", compression);
    byte[] bytes = codec.encodeValue("compress me ".repeat(20));
    bytes[1] = 0x1F;

    for (byte[] poisoned : List.of(bytes, Arrays.copyOf(bytes, 8))) {
      long before = allocated();
      assertThatThrownBy(() -> codec.decodeValue(poisoned)).isInstanceOf(CodecException.class);
      assertThat(allocated() - before).isLessThan(4 * Codecs.MEGABYTE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void decodeValue_ofValueThatCompressesBest_comesBack(String compression) {
    EntryCodec codec = large("kryo", compression);
    byte[] zeros = new byte[5 * Codecs.MEGABYTE];

    assertThat((byte[]) codec.decodeValue(codec.encodeValue(zeros))).isEqualTo(zeros);
  }

  @Test
  void decodeValue_ofNestedArraysThatClaimTheRest_takesLittleMemory() {
    Output out = new Output(64, -1);
    out.writeByte(Envelope.header(Envelope.KRYO));
    for (int level = 0; level < 500; level++) {
      out.writeVarInt(18 + 2, true); // a new Object[] of a million
      out.writeVarInt(1, true);
      out.writeVarInt(Codecs.MEGABYTE, true);
    }
    byte[] bytes = Arrays.copyOf(out.toBytes(), 2 * Codecs.MEGABYTE);

    long before = allocated();
    assertThatThrownBy(() -> Codecs.kryo().decodeValue(bytes)).isInstanceOf(CodecException.class);
    assertThat(allocated() - before).isLessThan(32 * Codecs.MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sets", "lists", "records", "maps", "keys", "unfinished"})
  void decodeValue_ofSharedNestedHashTables_isRefusedSoon(String kind) {
    expectTakesTooLong(Codecs.kryo(), poisoned(kind, 45));
  }

  /** Written by hand: to build such a value with hash tables takes as long as to read it. */
  private static byte[] poisoned(String kind, int depth) {
    Output out = new Output(64, -1);
    out.writeByte(Envelope.header(Envelope.KRYO));
    switch (kind) {
      case "records" -> records(out, depth);
      case "unfinished" -> unfinished(out, depth);
      default -> {
        open(out, HASH_SET, 1);
        nested(out, kind, 1, depth);
      }
    }
    return out.toBytes();
  }

  private static void records(Output out, int depth) {
    Object at = "end";
    for (int level = 0; level < depth; level++) {
      at = new Pair(at, at);
    }
    byte[] list = Codecs.kryo().encodeValue(new ArrayList<>(List.of(at)));
    out.writeVarInt(HASH_SET + 2, true);
    out.writeBytes(list, 2, list.length - 2);
  }

  /**
   * Lists that hold the one around them twice, and the next; in the innermost a set of the last.
   */
  private static void unfinished(Output out, int depth) {
    open(out, LIST, 2);
    number(out);
    for (int id = 1; id < depth; id++) {
      open(out, LIST, 3);
      reference(out, LIST, id - 1);
      reference(out, LIST, id - 1);
    }
    open(out, HASH_SET, 1);
    open(out, LIST, 1);
    reference(out, LIST, depth - 1);
  }

  /** A container with the next level twice, at first in full. Its id is its level. */
  private static void nested(Output out, String kind, int id, int depth) {
    int form = kind.equals("lists") ? LIST : kind.equals("sets") ? HASH_SET : HASH_MAP;
    open(out, form, id == depth ? 0 : 2);
    if (id == depth) {
      return;
    }
    if (kind.equals("maps")) {
      number(out);
    }
    nested(out, kind, id + 1, depth);
    if (form == HASH_MAP) {
      number(out);
    }
    if (kind.equals("sets") || kind.equals("keys")) {
      open(out, LIST, 1); // the same element would be there already
    }
    reference(out, form, id + 1);
    if (kind.equals("keys")) {
      number(out);
    }
  }

  private static void number(Output out) {
    out.writeVarInt(2, true);
    out.writeVarInt(out.position(), false);
  }

  private static void open(Output out, int form, int size) {
    out.writeVarInt(form + 2, true);
    out.writeVarInt(1, true);
    out.writeVarInt(size, true);
  }

  private static void reference(Output out, int form, int id) {
    out.writeVarInt(form + 2, true);
    out.writeVarInt(id + 2, true);
  }

  @Test
  void decodeValue_ofSharedNestedListsInJavaStream_isRefusedSoon() {
    List<Object> at = new ArrayList<>(List.of("end"));
    for (int level = 0; level < 45; level++) {
      at = new ArrayList<>(Arrays.asList(at, at));
    }
    byte[] bytes = Codecs.of("java").encodeValue(at);

    expectTakesTooLong(Codecs.of("java"), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void decodeValue_ofSharedNestedSets_isRefusedSoon(String name) {
    Object at = "end";
    for (int level = 0; level < 23; level++) { // the deepest that is built within a second
      at = new HashSet<>(List.of(at, Collections.singletonList(at)));
    }

    expectTakesTooLong(Codecs.of(name), Codecs.of(name).encodeValue(List.of(at)));
  }

  private static void expectTakesTooLong(EntryCodec codec, byte[] bytes) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> codec.decodeValue(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("takes too long"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void decodeValue_ofHashTablesThatShare_comesBack(String name) {
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      shared.add("item " + i);
    }
    Map<Object, Object> value = new HashMap<>();
    Set<Object> sets = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      value.put(new Pair(i, shared), new LinkedHashMap<>(Map.of("all", shared)));
      sets.add(Set.of(i, Set.of(i, Set.of(i))));
    }

    EntryCodec codec = Codecs.of(name);
    assertThat(codec.decodeValue(codec.encodeValue(value))).isEqualTo(value);
    assertThat(codec.decodeValue(codec.encodeValue(sets))).isEqualTo(sets);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
