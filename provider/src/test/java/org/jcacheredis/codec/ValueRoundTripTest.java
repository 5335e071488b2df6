// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jcacheredis.codec.Samples.Color;
import org.jcacheredis.codec.Samples.External;
import org.jcacheredis.codec.Samples.Order;
import org.jcacheredis.codec.Samples.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRoundTripTest {
  private final EntryCodec kryo = Codecs.kryo();

  static List<Object> values() {
    List<Object> values = new ArrayList<>(KeySamples.all());
    values.addAll(collections());
    values.addAll(
        List.of(
            new StringBuilder("sb").toString(),
            "\uD800 half",
            "half? \uD800",
            "whole?",
            "?".repeat(300) + "\uD800",
            List.of("\u00e9".repeat(40_000), "after a long text"),
            new char[] {'a'},
            new double[] {1.5},
            new boolean[] {true},
            new short[] {-1},
            new float[] {2f},
            new long[] {Long.MIN_VALUE},
            OptionalInt.of(3),
            Optional.empty(),
            TimeUnit.DAYS,
            TimeZone.getTimeZone("Europe/Paris"),
            EnumSet.of(Color.RED),
            new EnumMap<>(Map.of(Color.GREEN, 1)),
            Singleton.INSTANCE));
    return values;
  }

  private static List<Object> collections() {
    List<String> items = List.of("b", "a");
    Map<String, Integer> map = Map.of("x", 1);
    TreeSet<String> descending = new TreeSet<>(Comparator.reverseOrder());
    descending.addAll(items);
    return List.of(
        new ArrayList<>(items),
        new LinkedList<>(items),
        new HashSet<>(items),
        new LinkedHashSet<>(items),
        new TreeSet<>(items),
        descending,
        new CopyOnWriteArrayList<>(items),
        new HashMap<>(map),
        new LinkedHashMap<>(map),
        new TreeMap<>(map),
        new ConcurrentHashMap<>(map),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        List.of(1, 2, 3).subList(0, 2),
        items.stream().toList(),
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Map.of(),
        Map.of(1, 2, 3, 4),
        Collections.emptyList(),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.singletonList("x"),
        Collections.singleton("x"),
        Collections.singletonMap("k", "v"),
        Collections.unmodifiableList(new ArrayList<>(items)),
        Collections.unmodifiableList(new LinkedList<>(items)),
        Collections.unmodifiableSet(new HashSet<>(items)),
        Collections.unmodifiableMap(map),
        Collections.unmodifiableSortedSet(new TreeSet<>(items)),
        Collections.synchronizedList(new ArrayList<>(items)),
        Arrays.asList(1, null),
        Arrays.asList(new Order("o", 1), new Order("p", 2)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void decodeValue_ofKryo_isEqualAndOfTheSameClass(Object value) {
    Object copy = kryo.decodeValue(kryo.encodeValue(value));

    if (!value.getClass().getName().startsWith("java.util.ImmutableCollections")) {
      assertThat(copy).isInstanceOf(value.getClass()); // these come back in the JDK's best fit
    }
    assertThat(java.util.Objects.deepEquals(copy, value)).isTrue();
  }

  @Test
  void decodeValue_ofValuesWithoutEquals_keepsContent() {
    assertThat(copy(new AtomicInteger(7)).get()).isEqualTo(7);
    assertThat(copy(new AtomicReference<>("x")).get()).isEqualTo("x");
    assertThat(copy(Pattern.compile("a+")).pattern()).isEqualTo("a+");
    assertThat(copy(new ArrayDeque<>(List.of(1, 2)))).containsExactly(1, 2);
    assertThat(copy(new StringBuilder("sb")).toString()).isEqualTo("sb");
    assertThat(copy(Collections.unmodifiableCollection(List.of(1)))).containsExactly(1);
  }

  @Test
  void decodeValue_ofSingleton_isTheSameObject() {
    assertThat(copy(Singleton.INSTANCE)).isSameAs(Singleton.INSTANCE);
    assertThat(copy(List.of(Singleton.INSTANCE)).get(0)).isSameAs(Singleton.INSTANCE);
  }

  @Test
  void decodeValue_ofExternalizable_usesItsMethods() {
    External value = new External();
    value.text = "ext";

    assertThat(copy(value).text).isEqualTo("ext");
  }

  @Test
  void decodeValue_ofSerializableLambda_works() {
    assertThat(copy(Samples.lambda("hi")).get()).isEqualTo("hi!");
  }

  @Test
  void decodeValue_ofThrowable_keepsTraceCauseAndSuppressed() {
    IllegalStateException failure = new IllegalStateException("no", new RuntimeException("cause"));
    failure.addSuppressed(new IllegalArgumentException("also"));

    IllegalStateException copy = copy(failure);

    assertThat(copy).hasMessage("no").hasRootCauseMessage("cause");
    assertThat(copy.getSuppressed()).hasSize(1);
    assertThat(copy.getStackTrace()).isEqualTo(failure.getStackTrace());
  }

  @Test
  void decodeValue_ofCycle_keepsIt() {
    Order order = new Order("o", 1);
    order.link = new ArrayList<>(List.of(order));

    Order copy = copy(order);

    assertThat(((List<?>) copy.link).get(0)).isSameAs(copy);
  }

  @Test
  void decodeValue_ofLongText_isEqual() {
    EntryCodec large =
        Codecs.open(new CodecSettings("kryo", List.of(), "none", 64, 130 * Codecs.MEGABYTE));
    byte[] bytes = new byte[64 * Codecs.MEGABYTE];
    Arrays.fill(bytes, (byte) 'x');

    assertThat((byte[]) large.decodeValue(large.encodeValue(bytes))).isEqualTo(bytes);
    assertThat(large.decodeValue(large.encodeValue(List.of(bytes)))).asList().hasSize(1);
    String text = "x".repeat(64 * Codecs.MEGABYTE);
    assertThat(large.decodeValue(large.encodeValue(text)).equals(text)).isTrue();
  }

  @Test
  void encodeValue_ofDeepNesting_isRefused() {
    Order order = new Order("o", 1);
    for (int i = 0; i < 200_000; i++) {
      Order outer = new Order("o", i);
      outer.link = order;
      order = outer;
    }
    Order deep = order;

    assertThatThrownBy(() -> kryo.encodeValue(deep))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("nested too deeply");
    assertThat(copy(List.of("still works"))).containsExactly("still works");
  }

  @Test
  void isImmutable_tellsWhatMayBeShared() {
    assertThat(List.of("s", 1, Color.GREEN, new Samples.Point(1, 2), java.time.Instant.EPOCH))
        .allMatch(kryo::isImmutable);
    assertThat(List.of(new java.util.Date(0), new int[0], List.of(), new Order("o", 1)))
        .noneMatch(kryo::isImmutable);
    assertThat(
            kryo.isImmutable(
                new Samples.Person("p", List.of(), Color.RED, new Samples.Point(1, 2))))
        .isFalse();
  }

  @SuppressWarnings("unchecked")
  private <T> T copy(T value) {
    return (T) kryo.decodeValue(kryo.encodeValue(value));
  }

  private record Pair(int first, String second) {}

  @Test
  void decodeValue_ofOtherFieldNames_givesThoseFieldsTheirZero() {
    byte[] bytes = kryo.encodeValue(new Pair(7, "kept"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);

    byte[] other = text.replace("firs", "wors").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(kryo.decodeValue(bytes)).isEqualTo(new Pair(7, "kept"));
    assertThat(kryo.decodeValue(other)).isEqualTo(new Pair(0, "kept"));
  }
}
