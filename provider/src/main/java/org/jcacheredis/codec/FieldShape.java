// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * What a class outside the JDK is made of: its fields that are neither static nor transient, those
 * of its superclasses included. A record has its components, in their order; other classes have
 * their fields sorted by name, since the JVM promises no order.
 *
 * @param jdk whether the class takes part in its own serialization, so that only JDK serialization
 *     can rebuild it
 * @param identity whether {@code equals} is that of {@code Object}
 */
record FieldShape(
    Class<?> type,
    List<Slot> slots,
    boolean jdk,
    boolean identity,
    @Nullable Constructor<?> canonical,
    ObjectInstantiator<?> instantiator) {
  private static final StdInstantiatorStrategy INSTANTIATORS = new StdInstantiatorStrategy();
  private static final ClassValue<FieldShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected FieldShape computeValue(Class<?> type) {
          return inspect(type);
        }
      };

  /** One field and its name in stored bytes. */
  record Slot(String name, Field field) {
    /** The value in an object; null for null. */
    @Nullable Object get(Object owner) {
      try {
        return field.get(owner);
      } catch (IllegalAccessException e) {
        throw new CodecException("field %s cannot be read".formatted(field.getName()), e);
      }
    }

    /** Sets it, final or not. */
    void set(Object owner, @Nullable Object value) {
      try {
        field.set(owner, value);
      } catch (IllegalAccessException | IllegalArgumentException e) {
        throw new CodecException(
            "field %s of class %s does not take the stored type; the class has changed since"
                .formatted(field.getName(), field.getDeclaringClass().getName()));
      }
    }
  }

  /**
   * The shape of a class that is not of the JDK.
   *
   * @throws CodecException if its fields are not accessible
   */
  static FieldShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Whether a class belongs to the JDK, whose fields are closed to reflection. */
  static boolean ofJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** An object with every field at its zero. */
  Object allocate() {
    return instantiator.newInstance();
  }

  /** A record of these components. */
  Object construct(@Nullable Object[] components) {
    Constructor<?> constructor = Objects.requireNonNull(canonical);
    try {
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new CodecException(
          "record %s cannot be built of the stored components; its constructor fails or it has changed"
              .formatted(type.getName()));
    }
  }

  private static FieldShape inspect(Class<?> type) {
    boolean serializable = Serializable.class.isAssignableFrom(type);
    boolean jdk = serializable && (ownSerialization(type) || hasJdkState(type));
    List<Slot> slots = jdk && hasJdkState(type) ? List.of() : slots(type);
    return new FieldShape(
        type,
        slots,
        jdk,
        identityEquals(type),
        type.isRecord() ? canonicalConstructor(type) : null,
        INSTANTIATORS.newInstantiatorOf(type));
  }

  private static boolean identityEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e); // every class has one
    }
  }

  private static boolean ownSerialization(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      if (declares(at, "readResolve")
          || declares(at, "writeReplace")
          || declares(at, "readObject", ObjectInputStream.class)
          || declares(at, "writeObject", ObjectOutputStream.class)) {
        return true;
      }
    }
    return false;
  }

  private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            declared ->
                declared.getName().equals(method)
                    && Arrays.equals(declared.getParameterTypes(), parameters));
  }

  private static boolean hasJdkState(Class<?> type) {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (ofJdk(at) && Arrays.stream(at.getDeclaredFields()).anyMatch(FieldShape::isState)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isState(Field field) {
    return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
  }

  private static List<Slot> slots(Class<?> type) {
    List<Slot> found = new ArrayList<>();
    for (Class<?> at = type; at != null && !ofJdk(at); at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (isState(field)) {
          open(field, type);
          String name = field.getName();
          boolean hidden = found.stream().anyMatch(slot -> slot.name().equals(name));
          found.add(new Slot(hidden ? at.getName() + "." + name : name, field));
        }
      }
    }
    if (type.isRecord()) {
      return inComponentOrder(type, found);
    }
    found.sort(Comparator.comparing(Slot::name));
    return List.copyOf(found);
  }

  private static List<Slot> inComponentOrder(Class<?> type, List<Slot> fields) {
    List<Slot> ordered = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.stream().filter(slot -> slot.name().equals(component.getName())).forEach(ordered::add);
    }
    return List.copyOf(ordered);
  }

  private static Constructor<?> canonicalConstructor(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      open(constructor, type);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e); // every record has one
    }
  }

  static void open(AccessibleObject member, Class<?> type) {
    try {
      member.setAccessible(true);
    } catch (RuntimeException e) {
      throw new CodecException(
          "class %s is closed to reflection; open package %s of its module to org.jcacheredis"
              .formatted(type.getName(), type.getPackageName()),
          e);
    }
  }
}
