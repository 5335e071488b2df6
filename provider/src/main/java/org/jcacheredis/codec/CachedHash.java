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
 * object's hash code and an object built without it is equal and has the same hash code.
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

  private final Map<Class<?>, Mode> decided = new ConcurrentHashMap<>();

  static Mode mode(int ordinal) {
    if (ordinal < 0 || ordinal >= MODES.length) {
      throw new CodecException(
          "key has form %d, which this version does not know".formatted(ordinal));
    }
    return MODES[ordinal];
  }

  /** The slots stored under a mode. */
  static List<Slot> stored(FieldShape shape, Mode mode) {
    return mode == Mode.ALL
        ? shape.slots()
        : shape.slots().stream().filter(slot -> !isCandidate(slot)).toList();
  }

  private static boolean isCandidate(Slot slot) {
    return slot.field().getType() == int.class && NAME.matcher(slot.name()).matches();
  }

  /** How this key is stored; the same for equal keys. */
  Mode of(Object key, FieldShape shape) {
    List<Slot> candidates = shape.slots().stream().filter(CachedHash::isCandidate).toList();
    if (candidates.isEmpty()) {
      return Mode.ALL;
    }
    if (HIBERNATE_KEYS.stream().anyMatch(shape.type().getName()::startsWith)) {
      return Mode.HIBERNATE;
    }
    int hash = key.hashCode(); // fills a lazy field before it is looked at
    if (candidates.stream().anyMatch(slot -> !Objects.equals(slot.get(key), hash))) {
      return Mode.ALL;
    }
    if (hash == 0) { // tells nothing of the class: a lazy field, or data that happens to be zero
      return decide(key, shape);
    }
    return decided.computeIfAbsent(shape.type(), type -> decide(key, shape));
  }

  private static Mode decide(Object key, FieldShape shape) {
    for (Mode mode : List.of(Mode.CONSTRUCTOR, Mode.ZERO)) {
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
    List<Slot> declared = new ArrayList<>(slots);
    List<?> order = Arrays.asList(shape.type().getDeclaredFields());
    declared.sort(Comparator.comparingInt(slot -> order.indexOf(slot.field())));
    Class<?>[] types =
        declared.stream().map(slot -> slot.field().getType()).toArray(Class<?>[]::new);
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
