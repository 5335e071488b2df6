// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jcacheredis.codec.FieldShape.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Writes one key in its canonical binary form: what is equal gives equal bytes, whatever its class
 * or the order of its hash table. For one key, one thread.
 */
final class KeyWriter {
  /** JDK classes whose serialized form holds what {@code equals} compares and nothing else. */
  private static final Set<String> CANONICAL_IN_JDK =
      Set.of(
          "java.util.Locale",
          "java.util.BitSet",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp");

  private final ClassGate gate;
  private final JdkStreams jdk;
  private final CachedHash hashes;

  /** The classes of the objects written, whose rebuilding may need a proof. */
  final Set<Class<?>> classes = new HashSet<>();

  /** Whether a class was written that rebuilds to an equal key only as far as possible. */
  boolean approximate;

  KeyWriter(ClassGate gate, JdkStreams jdk, CachedHash hashes) {
    this.gate = gate;
    this.jdk = jdk;
    this.hashes = hashes;
  }

  void write(Output out, @Nullable Object node) {
    Scalar scalar = node == null ? null : Scalar.of(node.getClass());
    if (node == null) {
      out.writeByte(KeyTags.NULL);
    } else if (scalar != null) {
      text(out, scalar.mark, scalar.print(node));
    } else if (node instanceof Enum<?> constant) {
      gate.check(constant.getDeclaringClass());
      text(out, KeyTags.ENUM, KeyCodec.enumText(constant));
    } else if (!container(out, node)) {
      object(out, node);
    }
  }

  private boolean container(Output out, Object node) {
    if (node instanceof List<?> list) {
      list(out, list);
    } else if (node instanceof Set<?> set) {
      set(out, set);
    } else if (node instanceof Map<?, ?> map) {
      map(out, map);
    } else if (node instanceof Map.Entry<?, ?> entry) {
      out.writeByte(KeyTags.ENTRY);
      write(out, entry.getKey());
      write(out, entry.getValue());
    } else if (node instanceof Optional<?> optional) {
      out.writeByte(KeyTags.OPTIONAL);
      write(out, optional.orElse(null));
    } else if (node.getClass().isArray()) {
      array(out, node);
    } else {
      return false;
    }
    return true;
  }

  private static void text(Output out, char mark, String text) {
    byte[] utf8 = KeyCodec.utf8(text);
    out.writeByte(mark);
    out.writeVarInt(utf8.length, true);
    out.writeBytes(utf8);
  }

  private void list(Output out, Collection<?> list) {
    Object[] elements = list.toArray();
    out.writeByte(KeyTags.LIST);
    out.writeVarInt(elements.length, true);
    for (Object element : elements) {
      write(out, element);
    }
  }

  private void set(Output out, Set<?> set) {
    byte[][] sorted = set.stream().map(this::bytes).toArray(byte[][]::new);
    out.writeByte(KeyTags.SET);
    sorted(out, sorted);
  }

  private void map(Output out, Map<?, ?> map) {
    // a key's bytes end where they say, so the order of the pairs is that of the keys
    byte[][] pairs =
        map.entrySet().stream()
            .map(entry -> concat(bytes(entry.getKey()), bytes(entry.getValue())))
            .toArray(byte[][]::new);
    out.writeByte(KeyTags.MAP);
    sorted(out, pairs);
  }

  private static void sorted(Output out, byte[][] parts) {
    Arrays.sort(parts, Arrays::compareUnsigned);
    out.writeVarInt(parts.length, true);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
  }

  private byte[] bytes(@Nullable Object node) {
    Output part = new Output(64, -1);
    write(part, node);
    return part.toBytes();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void array(Output out, Object array) {
    Class<?> component = array.getClass().getComponentType();
    gate.check(component);
    out.writeByte(KeyTags.ARRAY);
    out.writeString(component.getName());
    int length = Array.getLength(array);
    out.writeVarInt(length, true);
    if (array instanceof byte[] bytes) {
      out.writeBytes(bytes);
      return;
    }
    for (int i = 0; i < length; i++) {
      write(out, Array.get(array, i));
    }
  }

  private void object(Output out, Object node) {
    Class<?> type = node.getClass();
    gate.check(type);
    if (FieldShape.ofJdk(type)) {
      jdkObject(out, node);
      return;
    }
    FieldShape shape = FieldShape.of(type);
    if (shape.identity() && !type.isRecord()) {
      throw new CodecException(
          "key class %s does not override equals; no other object would find its entry; override equals and hashCode or make it a record"
              .formatted(type.getName()));
    }
    classes.add(type);
    fields(out, node, shape);
  }

  private void jdkObject(Output out, Object node) {
    String name = node.getClass().getName();
    if (!CANONICAL_IN_JDK.contains(name)) {
      throw new CodecException(
          "key class %s has no canonical form; use a String, number, record, collection or a class of your own as key"
              .formatted(name));
    }
    // a BitSet that was made with a size is stored with it, but equal to one without
    Object canonical = node instanceof BitSet bits ? BitSet.valueOf(bits.toLongArray()) : node;
    byte[] bytes = jdk.encode(canonical);
    out.writeByte(KeyTags.JDK);
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  private void fields(Output out, Object node, FieldShape shape) {
    if (shape.jdk() && shape.slots().isEmpty()) {
      throw new CodecException(
          "key class %s keeps its state in a class of the JDK; use a record or a class with fields of its own as key"
              .formatted(shape.type().getName()));
    }
    boolean isRecord = shape.canonical() != null;
    CachedHash.Mode mode = isRecord ? CachedHash.Mode.ALL : hashes.of(node, shape);
    approximate |= mode == CachedHash.Mode.HIBERNATE;
    out.writeByte(isRecord ? KeyTags.RECORD : KeyTags.OBJECT);
    out.writeString(shape.type().getName());
    List<Slot> slots = CachedHash.stored(shape, mode);
    if (!isRecord) {
      out.writeByte(mode.ordinal());
    }
    out.writeVarInt(slots.size(), true);
    for (Slot slot : slots) {
      write(out, slot.get(node));
    }
  }
}
