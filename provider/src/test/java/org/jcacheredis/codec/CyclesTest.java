// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jcacheredis.codec.Samples.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CyclesTest {
  record Node(String name, List<Object> around) {}

  private final EntryCodec kryo = Codecs.kryo();

  /** Objects that hold themselves, and can only be built of their finished content. */
  static List<Object> impossible() {
    List<Object> around = new ArrayList<>();
    Node node = new Node("n", around);
    around.add(node);
    List<Object> holder = new ArrayList<>();
    List<Object> list = Arrays.asList("x", holder);
    holder.add(list);
    List<Object> forMap = new ArrayList<>();
    Map<String, Object> map = Collections.unmodifiableMap(new HashMap<>(Map.of("k", forMap)));
    forMap.add(map);
    List<Object> forOptional = new ArrayList<>();
    Optional<Object> optional = Optional.of(forOptional);
    forOptional.add(optional);
    return List.of(node, list, map, optional);
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void encodeValue_ofCycleThatCannotBeBuilt_isRefused(Object value) {
    assertThatThrownBy(() -> kryo.encodeValue(value))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(value.getClass().getName())
        .hasMessageContaining("holds itself");
  }

  @Test
  void decodeValue_ofReferenceToUnfinishedObject_isRefused() {
    // List.of(x, y) whose first element refers to the list itself: number 41, new, two elements
    byte[] honest = kryo.encodeValue(Arrays.asList(List.of(1), List.of(2)));
    byte[] bytes = {0x40, 41 + 2, 1, 1, 41 + 2, 2};

    assertThat(kryo.decodeValue(honest)).isEqualTo(List.of(List.of(1), List.of(2)));
    assertThatThrownBy(() -> kryo.decodeValue(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("before it is there");
  }

  @Test
  void decodeValue_ofSharedRecord_keepsOneObject() {
    Node shared = new Node("s", List.of());

    List<?> copy = (List<?>) kryo.decodeValue(kryo.encodeValue(List.of(shared, shared)));

    assertThat(copy.get(0)).isEqualTo(shared).isSameAs(copy.get(1));
  }

  @Test
  void decodeValue_ofCycleThroughMutableObjects_keepsIt() {
    Order order = new Order("o", 1);
    order.link = new ArrayList<>(List.of(order));

    Order copy = (Order) kryo.decodeValue(kryo.encodeValue(order));

    assertThat(((List<?>) copy.link).get(0)).isSameAs(copy);
  }

  @Test
  void decodeValue_ofJavaStreamWithCycleThroughView_keepsIt() {
    List<Object> inner = new ArrayList<>();
    List<Object> view = Collections.unmodifiableList(inner);
    List<Object> innermost = new ArrayList<>(List.of(1));
    innermost.add(view);
    inner.add(innermost);

    List<?> copy = (List<?>) Codecs.of("java").decodeValue(Codecs.of("java").encodeValue(view));

    List<?> back = (List<?>) ((List<?>) copy.get(0)).get(1);
    assertThat(back.get(0) == copy.get(0)).isTrue(); // to print it takes forever
  }
}
