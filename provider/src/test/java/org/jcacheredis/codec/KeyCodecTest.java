// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jcacheredis.codec.Samples.ChecksumKey;
import org.jcacheredis.codec.Samples.Color;
import org.jcacheredis.codec.Samples.EagerHashKey;
import org.jcacheredis.codec.Samples.FileKey;
import org.jcacheredis.codec.Samples.IdentityKey;
import org.jcacheredis.codec.Samples.LazyHashKey;
import org.jcacheredis.codec.Samples.Ordered;
import org.jcacheredis.codec.Samples.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCodecTest {
  private final EntryCodec open = Codecs.kryo();

  static List<Object> keys() {
    return KeySamples.all();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void decodeKey_ofEncodedKey_isEqual(Object key) {
    Object copy = open.decodeKey(open.encodeKey(key));

    assertThat(Objects.deepEquals(copy, key)).isTrue();
    if (!key.getClass().isArray()) {
      assertThat(copy.hashCode()).isEqualTo(key.hashCode());
    }
    assertThat(open.encodeKey(copy)).isEqualTo(open.encodeKey(key));
  }

  @Test
  void encodeKey_ofDifferentKeys_givesDifferentBytes() {
    Set<String> seen = new HashSet<>();
    for (Object key : KeySamples.all()) {
      assertThat(seen.add(hex(open, key))).as("%s", key).isTrue();
    }
  }

  @Test
  void encodeKey_ofDeclaredType_isBareText() {
    assertThat(text(Codecs.keys(String.class), "42")).isEqualTo("42");
    assertThat(text(Codecs.keys(Long.class), 42L)).isEqualTo("42");
    assertThat(text(Codecs.keys(Color.class), Color.GREEN)).isEqualTo("GREEN");
    assertThat(text(Codecs.keys(Double.class), 0.1)).isEqualTo("0.1");
    assertThat(text(Codecs.keys(UUID.class), new UUID(1, 2)))
        .isEqualTo("00000000-0000-0001-0000-000000000002");
    assertThat(text(Codecs.keys(BigDecimal.class), new BigDecimal("1.50"))).isEqualTo("1.50");
  }

  @Test
  void encodeKey_ofOpenType_hasGoldenBytes() {
    assertThat(text(open, "42")).isEqualTo("s42");
    assertThat(text(open, 42)).isEqualTo("i42");
    assertThat(text(open, 42L)).isEqualTo("l42");
    assertThat(text(open, Color.GREEN)).isEqualTo("eorg.jcacheredis.codec.Samples$Color#GREEN");
    assertThat(hex(open, List.of("a", 1))).isEqualTo("4201027301616901" + "31");
    assertThat(hex(open, Set.of("b", "a"))).isEqualTo("420202" + "730161" + "730162");
    assertThat(hex(open, Map.of("k", 1))).isEqualTo("420301" + "73016b" + "690131");
    assertThat(hex(open, new byte[] {1, 2})).isEqualTo("4204" + "627974e5" + "020102");
    assertThat(hex(open, Arrays.asList((Object) null))).isEqualTo("42010100");
    assertThat(hex(open, new Point(1, 2)))
        .isEqualTo(
            "4205a46f72672e6a636163686572656469732e636f6465632e53616d706c657324506f696e7402690131690132");
  }

  @Test
  void encodeKey_ofEqualCollections_givesEqualBytes() {
    List<String> items = List.of("b", "a", "c");
    for (List<String> same :
        List.of(new ArrayList<>(items), new LinkedList<>(items), Arrays.asList("b", "a", "c"))) {
      assertThat(hex(open, same)).isEqualTo(hex(open, items));
    }
    for (Set<String> same :
        List.of(
            new HashSet<>(items),
            new TreeSet<>(items),
            Collections.unmodifiableSet(new LinkedHashSet<>(items)))) {
      assertThat(hex(open, same)).isEqualTo(hex(open, Set.copyOf(items)));
    }
    Map<String, Integer> map = Map.of("x", 1, "y", 2);
    assertThat(hex(open, new TreeMap<>(map))).isEqualTo(hex(open, map));
    assertThat(hex(open, new HashMap<>(map))).isEqualTo(hex(open, map));
  }

  @Test
  void encodeKey_ofEqualUris_givesEqualBytes() {
    assertThat(hex(open, URI.create("HTTP://u@EXAMPLE.org:/%2f")))
        .isEqualTo(hex(open, URI.create("http://u@example.org/%2F")));
  }

  @Test
  void encodeKey_ofLazyHashBeforeAndAfter_givesEqualBytes() {
    LazyHashKey fresh = new LazyHashKey(Color.RED, 1);
    LazyHashKey used = new LazyHashKey(Color.RED, 2);
    assertThat(used.hashCode()).isNotZero();

    assertThat(hex(open, fresh)).isEqualTo(hex(open, used));
  }

  @Test
  void encodeKey_ofHashThatIsData_keepsIt() {
    assertThat(hex(open, new FileKey(1))).isNotEqualTo(hex(open, new FileKey(2)));
    assertThat(open.decodeKey(open.encodeKey(new FileKey(3)))).isEqualTo(new FileKey(3));
    assertThat(hex(Codecs.kryo(), new FileKey(0))).isEqualTo(hex(open, new FileKey(0)));
  }

  @Test
  void encodeKey_inEitherOrder_givesTheSameBytes() {
    ChecksumKey usual = new ChecksumKey("/a");
    ChecksumKey other = new ChecksumKey("/a", 99);
    EntryCodec usualFirst = Codecs.kryo();
    EntryCodec otherFirst = Codecs.kryo();

    String first = hex(usualFirst, usual);
    String second = hex(usualFirst, other);

    assertThat(second).startsWith("4206").endsWith("0002" + "69023939" + "73022f61");
    assertThat(first).startsWith("4206").endsWith("0201" + "73022f61");
    assertThat(hex(otherFirst, other)).isEqualTo(second);
    assertThat(hex(otherFirst, usual)).isEqualTo(first);
    for (ChecksumKey key : List.of(usual, other)) {
      assertThat(otherFirst.decodeKey(usualFirst.encodeKey(key))).isEqualTo(key);
    }
  }

  @Test
  void encodeKey_ofEqualBitSets_givesEqualBytes() {
    BitSet sized = new BitSet(1000);
    sized.set(3);
    BitSet grown = new BitSet();
    grown.set(3);
    grown.set(700);
    grown.clear(700);
    String golden = hex(open, BitSet.valueOf(new long[] {8}));

    assertThat(hex(open, sized)).isEqualTo(golden);
    assertThat(hex(open, grown)).isEqualTo(golden);
    assertThat(hex(open, List.of(sized))).isEqualTo(hex(open, List.of(grown)));
    assertThat(hex(open, new BitSet(64))).isEqualTo(hex(open, new BitSet()));
    assertThat(sized.size()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void encodeKey_ofEqualJdkObjects_givesEqualBytes() {
    java.sql.Timestamp set = new java.sql.Timestamp(0);
    set.setTime(1234);
    assertThat(hex(open, set)).isEqualTo(hex(open, new java.sql.Timestamp(1234)));
    Locale used = new Locale.Builder().setLanguage("DE").setRegion("de").build();
    assertThat(used.hashCode()).isEqualTo(Locale.GERMANY.hashCode());
    assertThat(hex(open, used)).isEqualTo(hex(open, Locale.GERMANY));
    assertThat(hex(open, EnumSet.of(Color.RED))).isEqualTo(hex(open, Set.of(Color.RED)));
    assertThat(hex(open, new EnumMap<>(Map.of(Color.RED, 1))))
        .isEqualTo(hex(open, Map.of(Color.RED, 1)));
    TreeMap<String, Integer> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(Map.of("x", 1, "y", 2));
    assertThat(hex(open, backwards)).isEqualTo(hex(open, Map.of("x", 1, "y", 2)));
  }

  @Test
  void encodeKey_ofCachedHash_leavesItOut() {
    EagerHashKey key = new EagerHashKey(new Object[] {Color.RED});

    assertThat(hex(open, key))
        .contains(HexFormat.of().formatHex("RED".getBytes(StandardCharsets.UTF_8)));
    assertThat(CachedHash.stored(FieldShape.of(EagerHashKey.class), CachedHash.Mode.CONSTRUCTOR))
        .singleElement()
        .satisfies(slot -> assertThat(slot.name()).isEqualTo("parameters"));
  }

  @Test
  void decodeKey_ofConcreteCollectionFields_fitsThem() {
    Ordered key = new Ordered(new TreeSet<>(Set.of("b", "a")), new TreeMap<>(Map.of("x", 1)));

    assertThat(open.decodeKey(open.encodeKey(key))).isEqualTo(key);
  }

  @Test
  void encodeKey_ofIdentityEquals_isRefused() {
    assertThatThrownBy(() -> open.encodeKey(new IdentityKey()))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("does not override equals");
  }

  @Test
  void encodeKey_ofHalfSurrogatePair_isRefused() {
    for (String text : List.of("\uD800", "a\uDC00", "\uD800x", "\uD83D\uDE00\uD83D")) {
      assertThatThrownBy(() -> open.encodeKey(text))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("half a surrogate pair");
    }
  }

  @Test
  void encodeKey_ofCycle_isRefused() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);

    assertThatThrownBy(() -> open.encodeKey(cycle))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void encodeKey_ofOtherThanDeclaredType_isRefused() {
    assertThatThrownBy(() -> Codecs.keys(Long.class).encodeKey("42"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("declared key type is java.lang.Long");
  }

  @Test
  void encodeKey_ofClassNotAllowed_namesTheRemedy() {
    EntryCodec closed = Codecs.open(Codecs.settings("kryo", "none"));

    assertThatThrownBy(() -> closed.encodeKey(new Point(1, 2)))
        .isInstanceOf(CodecException.class)
        .hasMessage(
            "class org.jcacheredis.codec.Samples$Point is not allowed; declare it with setTypes or add it to codec.allow");
  }

  private static String text(EntryCodec codec, Object key) {
    return new String(codec.encodeKey(key), StandardCharsets.UTF_8);
  }

  private static String hex(EntryCodec codec, Object key) {
    return HexFormat.of().formatHex(codec.encodeKey(key));
  }
}
