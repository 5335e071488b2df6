// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jcacheredis.codec.FieldShape.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Key classes that keep their own hash code in an int field. It must stay out of the key's bytes:
 * that of an enum, say, differs from JVM to JVM, and a lazily computed one from moment to moment.
 * But an int field so named may also be true data, so a field is left out only where it holds the
 * object's hash code and an object built without it is equal and has the same hash code. Each key
 * is asked anew: where the field is data, one key may pass and the next not, and what a JVM saw
 * first must not decide the bytes.
 */
final class CachedHash {
  /** What is stored of an object, and how it is built again. The order is part of stored keys. */
  enum Mode {
    /** All fields are stored. */
    ALL,
    /** The hash is left out, and stays zero until {@code hashCode} computes it. */
    ZERO,
    /** The hash is left out; a constructor that takes the other fields computes it. */
    CONSTRUCTOR,
    /** The hash is left out; Hibernate's keys get it as most Hibernate types compute it. */
    HIBERNATE
  }

  private static final Pattern NAME =
      Pattern.compile(
          "_?(my|cached?|memoi[sz]ed|precomputed|stored)?_?hash(_?code)?(_?cached?)?",
          Pattern.CASE_INSENSITIVE);
  // their hash codes come from Hibernate's types, and are not to be had from the fields alone
  private static final List<String> HIBERNATE_KEYS =
      List.of(
          "org.hibernate.cache.internal.",
          "org.hibernate.query.internal.QueryParameterBindingsImpl$");
  private static final Mode[] MODES = Mode.values();
  private static final ClassValue<List<Slot>> WITHOUT_HASH =
      new ClassValue<>() {
        @Override
        protected List<Slot> computeValue(Class<?> type) {
          return FieldShape.of(type).slots().stream().filter(slot -> !isCandidate(slot)).toList();
        }
      };

  // facts of the classes, not of the keys seen
  private final Map<Class<?>, Candidates> candidates = new ConcurrentHashMap<>();

  /** The fields of a class that may hold its hash code, and the ways to build it without them. */
  private record Candidates(List<Slot> slots, boolean hibernate, List<Mode> ways) {
    static Candidates of(FieldShape shape) {
      List<Slot> slots = shape.slots().stream().filter(CachedHash::isCandidate).toList();
      boolean hibernate = HIBERNATE_KEYS.stream().anyMatch(shape.type().getName()::startsWith);
      return new Candidates(slots, hibernate, slots.isEmpty() ? List.of() : ways(shape));
    }

    private static List<Mode> ways(FieldShape shape) {
      Class<?>[] fields = types(declared(shape, stored(shape, Mode.CONSTRUCTOR)));
      boolean fits =
          Arrays.stream(shape.type().getDeclaredConstructors())
              .anyMatch(constructor -> Arrays.equals(constructor.getParameterTypes(), fields));
      return fits ? List.of(Mode.CONSTRUCTOR, Mode.ZERO) : List.of(Mode.ZERO);
    }
  }

  static Mode mode(int ordinal) {
    if (ordinal < 0 || ordinal >= MODES.length) {
      throw new CodecException(
          "key has form %d, which this version does not know".formatted(ordinal));
    }
    return MODES[ordinal];
  }

  /** The slots stored under a mode. */
  static List<Slot> stored(FieldShape shape, Mode mode) {
    return mode == Mode.ALL ? shape.slots() : WITHOUT_HASH.get(shape.type());
  }

  private static boolean isCandidate(Slot slot) {
    return slot.field().getType() == int.class && NAME.matcher(slot.name()).matches();
  }

  /** How this key is stored; the same for equal keys. */
  Mode of(Object key, FieldShape shape) {
    Candidates fields = candidates.computeIfAbsent(shape.type(), type -> Candidates.of(shape));
    if (fields.slots().isEmpty()) {
      return Mode.ALL;
    }
    if (fields.hibernate()) {
      return Mode.HIBERNATE;
    }
    int hash = key.hashCode(); // fills a lazy field before it is looked at
    boolean holdsHash =
        fields.slots().stream().allMatch(slot -> Objects.equals(slot.get(key), hash));
    return holdsHash ? decide(key, shape, fields.ways()) : Mode.ALL;
  }

  private static Mode decide(Object key, FieldShape shape, List<Mode> ways) {
    for (Mode mode : ways) {
      List<Slot> slots = stored(shape, mode);
      Object[] values = slots.stream().map(slot -> slot.get(key)).toArray();
      Object copy = tryRebuild(shape, mode, slots, values);
      if (copy != null && copy.equals(key) && copy.hashCode() == key.hashCode()) {
        return mode;
      }
    }
    return Mode.ALL;
  }

  private static @Nullable Object tryRebuild(
      FieldShape shape, Mode mode, List<Slot> slots, @Nullable Object[] values) {
    try {
      return rebuild(shape, mode, slots, values);
    } catch (CodecException e) {
      return null; // this way does not fit the class: the next one may
    }
  }

  /** An object of stored values, its hash code computed again. */
  static Object rebuild(FieldShape shape, Mode mode, List<Slot> slots, @Nullable Object[] values) {
    if (mode == Mode.CONSTRUCTOR) {
      return constructed(shape, slots, values);
    }
    Object result = shape.allocate();
    for (int i = 0; i < values.length; i++) {
      Slot slot = slots.get(i);
      slot.set(result, StandardTypes.fit(slot.field().getType(), values[i]));
    }
    if (mode == Mode.HIBERNATE) {
      setHibernateHash(shape, result);
    }
    return result;
  }

  private static Object constructed(FieldShape shape, List<Slot> slots, @Nullable Object[] values) {
    List<Slot> declared = declared(shape, slots);
    Class<?>[] types = types(declared);
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = StandardTypes.fit(types[i], values[slots.indexOf(declared.get(i))]);
    }
    try {
      Constructor<?> constructor = shape.type().getDeclaredConstructor(types);
      FieldShape.open(constructor, shape.type());
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new CodecException(
          "key class %s has no constructor of its fields that works"
              .formatted(shape.type().getName()));
    }
  }

  /** The slots in the order in which the class declares them. */
  private static List<Slot> declared(FieldShape shape, List<Slot> slots) {
    List<Slot> declared = new ArrayList<>(slots);
    List<?> order = Arrays.asList(shape.type().getDeclaredFields());
    declared.sort(Comparator.comparingInt(slot -> order.indexOf(slot.field())));
    return declared;
  }

  private static Class<?>[] types(List<Slot> slots) {
    return slots.stream().map(slot -> slot.field().getType()).toArray(Class<?>[]::new);
  }

  private static void setHibernateHash(FieldShape shape, Object key) {
    int hash = 0;
    boolean tenant = false;
    for (Slot slot : shape.slots()) {
      Object value = slot.get(key);
      if (slot.name().equals("id") || slot.name().equals("naturalIdValues")) {
        hash = Arrays.deepHashCode(new Object[] {value}) - 31;
      }
      tenant |= slot.name().equals("requiresDeepEquals");
    }
    for (Slot slot : shape.slots()) {
      if (tenant && slot.name().equals("tenantId")) {
        hash = 31 * hash + Objects.hashCode(slot.get(key));
      }
    }
    int result = hash;
    shape.slots().stream().filter(CachedHash::isCandidate).forEach(slot -> slot.set(key, result));
  }
}
