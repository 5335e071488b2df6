// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.ClosureSerializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which form each class takes in a Kryo stream. The numbers are part of the data in Redis: they
 * never change, and a new line takes a new number. Kryo's own registrations are 0 to 9.
 */
final class KryoTable {
  private final Kryo kryo;
  private final JdkStreams jdk;

  private KryoTable(Kryo kryo, JdkStreams jdk) {
    this.kryo = kryo;
    this.jdk = jdk;
  }

  static void install(Kryo kryo, JdkStreams jdk) {
    KryoTable table = new KryoTable(kryo, jdk);
    kryo.setRegistrationRequired(false);
    kryo.setWarnUnregisteredClasses(false);
    kryo.setReferences(true);
    table.scalars();
    table.arrays();
    table.mutableCollections();
    table.immutableCollections();
    table.views();
    table.wrappers();
  }

  /** The form of a class without a number; what Kryo would choose by supertype is not asked. */
  static Serializer<?> choose(Class<?> type, JdkStreams jdk) {
    if (type.isArray()) {
      return new Forms.Elements();
    }
    if (Enum.class.isAssignableFrom(type)) {
      return new Forms.Constant();
    }
    if (FieldShape.ofJdk(type)) {
      return new Forms.Serialized(jdk);
    }
    FieldShape shape = FieldShape.of(type);
    return shape.jdk() ? new Forms.Serialized(jdk) : new FieldForm(shape);
  }

  private void scalars() {
    for (Scalar scalar : Scalar.values()) {
      if (scalar.ordinal() > Scalar.CHARACTER.ordinal()) { // the boxes are Kryo's own
        put(scalar.mark, scalar.type, new Forms.Text(scalar));
      }
    }
  }

  private void arrays() {
    List<Class<?>> arrays =
        List.of(
            byte[].class,
            short[].class,
            int[].class,
            long[].class,
            char[].class,
            float[].class,
            double[].class,
            boolean[].class,
            Object[].class,
            String[].class);
    for (int i = 0; i < arrays.size(); i++) {
      put(10 + i, arrays.get(i), new Forms.Elements());
    }
  }

  private void mutableCollections() {
    put(20, ArrayList.class, new Forms.Filled(ArrayList::new));
    put(21, LinkedList.class, new Forms.Filled(LinkedList::new));
    put(22, HashSet.class, new Forms.Filled(HashSet::new));
    put(23, LinkedHashSet.class, new Forms.Filled(LinkedHashSet::new));
    put(24, ArrayDeque.class, new Forms.Filled(ArrayDeque::new));
    put(25, Vector.class, new Forms.Filled(Vector::new));
    put(26, CopyOnWriteArrayList.class, new Forms.Filled(CopyOnWriteArrayList::new));
    put(27, HashMap.class, new Forms.FilledMap(HashMap::new));
    put(28, LinkedHashMap.class, new Forms.FilledMap(LinkedHashMap::new));
    put(29, ConcurrentHashMap.class, new Forms.FilledMap(ConcurrentHashMap::new));
    put(30, TreeSet.class, new Forms.Wrapped(KryoTable::sortedParts, KryoTable::treeSet));
    put(31, TreeMap.class, new Forms.Wrapped(KryoTable::sortedPairs, KryoTable::treeMap));
  }

  private void immutableCollections() {
    Forms.Built list = new Forms.Built(elements -> listOf(elements));
    put(40, List.of().getClass(), list);
    put(41, List.of(1).getClass(), list);
    put(
        42,
        Arrays.asList(1).getClass(),
        new Forms.Built(elements -> Arrays.asList(elements.toArray())));
    put(
        43,
        Collections.singletonList(1).getClass(),
        new Forms.Built(e -> Collections.singletonList(e.get(0))));
    put(44, Collections.emptyList().getClass(), new Forms.Built(e -> Collections.emptyList()));
    put(45, List.of(1).subList(0, 1).getClass(), list);
    put(46, Set.of().getClass(), new Forms.BuiltSet(Set::copyOf));
    put(47, Set.of(1).getClass(), new Forms.BuiltSet(Set::copyOf));
    put(
        48,
        Collections.singleton(1).getClass(),
        new Forms.Built(e -> Collections.singleton(e.get(0))));
    put(49, Collections.emptySet().getClass(), new Forms.Built(e -> Collections.emptySet()));
    put(50, Map.of().getClass(), new Forms.BuiltMap(Map::copyOf));
    put(51, Map.of(1, 1).getClass(), new Forms.BuiltMap(Map::copyOf));
    put(52, Collections.singletonMap(1, 1).getClass(), new Forms.BuiltMap(KryoTable::singletonMap));
    put(53, Collections.emptyMap().getClass(), new Forms.BuiltMap(pairs -> Collections.emptyMap()));
  }

  private void views() {
    put(56, Collections.unmodifiableList(new LinkedList<>()).getClass(), view(ArrayList::new));
    put(57, Collections.unmodifiableList(new ArrayList<>()).getClass(), view(ArrayList::new));
    put(
        58,
        Collections.unmodifiableCollection(new ArrayList<>()).getClass(),
        new Forms.Built(Collections::unmodifiableCollection));
    put(
        59,
        Collections.unmodifiableSet(new HashSet<>()).getClass(),
        new Forms.BuiltSet(Collections::unmodifiableSet));
    put(
        60,
        Collections.unmodifiableMap(new HashMap<>()).getClass(),
        new Forms.BuiltMap(Collections::unmodifiableMap));
  }

  private void wrappers() {
    put(61, Optional.class, Forms.Wrapped.optional());
    put(
        62,
        OptionalInt.class,
        new Forms.Wrapped(
            o -> ((OptionalInt) o).isPresent() ? ((OptionalInt) o).getAsInt() : null,
            v -> v == null ? OptionalInt.empty() : OptionalInt.of((Integer) v)));
    put(
        63,
        OptionalLong.class,
        new Forms.Wrapped(
            o -> ((OptionalLong) o).isPresent() ? ((OptionalLong) o).getAsLong() : null,
            v -> v == null ? OptionalLong.empty() : OptionalLong.of((Long) v)));
    put(
        64,
        OptionalDouble.class,
        new Forms.Wrapped(
            o -> ((OptionalDouble) o).isPresent() ? ((OptionalDouble) o).getAsDouble() : null,
            v -> v == null ? OptionalDouble.empty() : OptionalDouble.of((Double) v)));
    put(65, ClosureSerializer.Closure.class, new Forms.Serialized(jdk));
  }

  private void put(int number, Class<?> type, Serializer<?> form) {
    kryo.register(type, form, number);
  }

  private static Forms.Built view(UnaryOperator<List<Object>> copy) {
    return new Forms.Built(elements -> Collections.unmodifiableList(copy.apply(elements)));
  }

  // stream().toList() gives a list of this kind that may hold nulls, which List.of refuses
  private static List<Object> listOf(List<Object> elements) {
    return elements.contains(null) ? elements.stream().toList() : List.copyOf(elements);
  }

  private static Map<Object, Object> singletonMap(Map<Object, Object> pairs) {
    Map.Entry<Object, Object> pair = pairs.entrySet().iterator().next();
    return Collections.singletonMap(pair.getKey(), pair.getValue());
  }

  private static Object sortedParts(Object set) {
    SortedSet<?> sorted = (SortedSet<?>) set;
    return new @Nullable Object[] {sorted.comparator(), sorted.toArray()};
  }

  private static Object sortedPairs(Object map) {
    SortedMap<?, ?> sorted = (SortedMap<?, ?>) map;
    return new @Nullable Object[] {sorted.comparator(), new LinkedHashMap<>(sorted)};
  }

  @SuppressWarnings("unchecked") // a comparator that does not fit fails when it compares
  private static Object treeSet(@Nullable Object parts) {
    Object[] both = parts(parts);
    TreeSet<Object> set = new TreeSet<>((Comparator<Object>) both[0]);
    Collections.addAll(set, (Object[]) both[1]);
    return set;
  }

  @SuppressWarnings("unchecked") // a comparator that does not fit fails when it compares
  private static Object treeMap(@Nullable Object parts) {
    Object[] both = parts(parts);
    TreeMap<Object, Object> map = new TreeMap<>((Comparator<Object>) both[0]);
    map.putAll((Map<Object, Object>) both[1]);
    return map;
  }

  private static Object[] parts(@Nullable Object parts) {
    if (parts instanceof Object[] both && both.length == 2) {
      return both;
    }
    throw new CodecException("a sorted collection has no content; it is damaged");
  }
}
