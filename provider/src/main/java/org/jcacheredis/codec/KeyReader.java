// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jcacheredis.codec.FieldShape.Slot;
import org.jspecify.annotations.Nullable;

/** Reads what {@link KeyWriter} wrote; collections come back as standard ones that are equal. */
final class KeyReader {
  private final ClassGate gate;
  private final JdkStreams jdk;
  private final BoundedInput in;

  KeyReader(ClassGate gate, JdkStreams jdk, BoundedInput in) {
    this.gate = gate;
    this.jdk = jdk;
    this.in = in;
  }

  @Nullable Object read() {
    int tag = in.readByte();
    return switch (tag) {
      case KeyTags.NULL -> null;
      case KeyTags.LIST -> items(new ArrayList<>());
      case KeyTags.SET -> items(new HashSet<>());
      case KeyTags.MAP -> map();
      case KeyTags.ARRAY -> array();
      case KeyTags.RECORD -> record();
      case KeyTags.OBJECT -> object();
      case KeyTags.JDK -> jdk.decode(in.readBytes(in.readLength()), 0);
      case KeyTags.ENTRY -> new SimpleImmutableEntry<>(read(), read());
      case KeyTags.OPTIONAL -> Optional.ofNullable(read());
      case KeyTags.ENUM -> KeyCodec.enumConstant(gate, text());
      default -> scalar(tag);
    };
  }

  private Object scalar(int mark) {
    Scalar scalar = Scalar.ofMark((char) mark);
    if (scalar == null) {
      throw new CodecException("key has mark %d, which this version does not know".formatted(mark));
    }
    return scalar.parse(text());
  }

  private String text() {
    return new String(in.readBytes(in.readLength()), StandardCharsets.UTF_8);
  }

  private Object items(Collection<@Nullable Object> items) {
    int size = in.readLength();
    for (int i = 0; i < size; i++) {
      items.add(read());
    }
    return items;
  }

  private Object map() {
    Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
    int size = in.readLength();
    for (int i = 0; i < size; i++) {
      map.put(read(), read());
    }
    return map;
  }

  private Object array() {
    Class<?> component = Primitives.load(gate, in.readName());
    int length = in.readLength();
    if (component == byte.class) {
      return in.readBytes(length);
    }
    Object array = Array.newInstance(component, length);
    for (int i = 0; i < length; i++) {
      Object element = StandardTypes.fit(component, read());
      if (element != null || component.isPrimitive()) {
        setElement(array, i, element);
      }
    }
    return array;
  }

  private static void setElement(Object array, int index, @Nullable Object element) {
    try {
      Array.set(array, index, element);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new CodecException("key holds an array with an element of another type; it is damaged");
    }
  }

  private Object record() {
    FieldShape shape = shape();
    List<Slot> slots = shape.slots();
    if (shape.canonical() == null || in.readLength() != slots.size()) {
      throw changed(shape);
    }
    return shape.construct(values(slots));
  }

  private Object object() {
    FieldShape shape = shape();
    CachedHash.Mode mode = CachedHash.mode(in.readByte());
    List<Slot> slots = CachedHash.stored(shape, mode);
    if (shape.canonical() != null || in.readLength() != slots.size()) {
      throw changed(shape);
    }
    Object result = CachedHash.rebuild(shape, mode, slots, values(slots));
    // the class's own readObject computes what its transient fields hold
    return shape.jdk() && result instanceof Serializable ? jdk.copy(result) : result;
  }

  private FieldShape shape() {
    Class<?> type = gate.load(in.readName());
    if (FieldShape.ofJdk(type) || type.isInterface() || type.isArray() || type.isEnum()) {
      throw new CodecException(
          "key names class %s as an object; it is damaged".formatted(type.getName()));
    }
    return FieldShape.of(type);
  }

  private @Nullable Object[] values(List<Slot> slots) {
    @Nullable Object[] values = new Object[slots.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = StandardTypes.fit(slots.get(i).field().getType(), read());
    }
    return values;
  }

  private static CodecException changed(FieldShape shape) {
    return new CodecException(
        "key of class %s has other fields than the class has; the class has changed since it was stored"
            .formatted(shape.type().getName()));
  }
}
