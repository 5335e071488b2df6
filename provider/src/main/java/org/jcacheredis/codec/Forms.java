// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How single classes look inside a Kryo stream; which class takes which is said elsewhere. */
final class Forms {
  private Forms() {}

  /** A form whose objects cannot change, so that Kryo need not copy them. */
  abstract static class Form<T> extends Serializer<T> {
    Form(boolean immutable) {
      super(false, immutable);
    }

    abstract void put(Kryo kryo, Output out, T value);

    abstract T get(Kryo kryo, BoundedInput in, Class<?> type);

    /** Whether an object is there only after its content, which so cannot refer back to it. */
    boolean afterContent() {
      return false;
    }

    /** Whether a hash code is made of those of the content. */
    boolean hashesContent() {
      return true;
    }

    @Override
    public final void write(Kryo kryo, Output out, T value) {
      if (afterContent()) {
        references(kryo).building(value);
        put(kryo, out, value);
        references(kryo).built();
      } else {
        put(kryo, out, value);
      }
    }

    @Override
    public final T read(Kryo kryo, Input in, Class<? extends T> type) {
      ObjectReferences references = references(kryo);
      int id = references.enter();
      T value = get(kryo, (BoundedInput) in, type);
      references.leave(id, hashesContent());
      return value;
    }
  }

  /** Readable text, the same as in keys. */
  static final class Text extends Form<Object> {
    private final Scalar scalar;

    Text(Scalar scalar) {
      super(true);
      this.scalar = scalar;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      out.writeString(scalar.print(value));
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      return scalar.parse(in.readName());
    }
  }

  /** A constant by its name: its ordinal moves when constants are added. */
  static final class Constant extends Form<Object> {
    Constant() {
      super(true);
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      out.writeString(((Enum<?>) value).name());
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      return KeyCodec.constant(type, in.readName());
    }
  }

  /** What only JDK serialization can rebuild, as a stream inside the stream. */
  static final class Serialized extends Form<Object> {
    private final JdkStreams jdk;

    Serialized(JdkStreams jdk) {
      super(false);
      this.jdk = jdk;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      byte[] bytes = jdk.encode(value);
      out.writeVarInt(bytes.length, true);
      out.writeBytes(bytes);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      return jdk.decode(in.readBytes(in.readLength()), 0);
    }
  }

  /** Arrays of anything; those of bytes in one piece. */
  static final class Elements extends Form<Object> {
    Elements() {
      super(false);
    }

    @Override
    void put(Kryo kryo, Output out, Object array) {
      int length = Array.getLength(array);
      out.writeVarInt(length, true);
      if (array instanceof byte[] bytes) {
        out.writeBytes(bytes);
      } else if (array instanceof Object[] elements) {
        for (Object element : elements) {
          kryo.writeClassAndObject(out, element);
        }
      } else {
        PrimitiveArrays.write(out, array);
      }
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      int length = in.readLength();
      Class<?> component = type.getComponentType();
      if (component == byte.class) {
        return in.readBytes(length);
      }
      Object array = Array.newInstance(component, length);
      kryo.reference(array);
      if (array instanceof Object[] elements) {
        references(kryo).add(length);
        for (int i = 0; i < length; i++) {
          elements[i] = kryo.readClassAndObject(in);
        }
      } else {
        PrimitiveArrays.read(in, array);
      }
      return array;
    }
  }

  /** Collections that are made empty and filled, so that they may hold themselves. */
  static final class Filled extends Form<Object> {
    private final Supplier<? extends Collection<@Nullable Object>> empty;

    Filled(Supplier<? extends Collection<@Nullable Object>> empty) {
      super(false);
      this.empty = empty;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      writeAll(kryo, out, (Collection<?>) value);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      Collection<@Nullable Object> result = empty.get();
      kryo.reference(result);
      readAll(kryo, in, result);
      return result;
    }
  }

  /** Collections that are made of all their elements at once. */
  static final class Built extends Form<Object> {
    private final Function<List<Object>, Object> build;

    Built(Function<List<Object>, Object> build) {
      super(false);
      this.build = build;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      writeAll(kryo, out, (Collection<?>) value);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      List<Object> elements = new ArrayList<>();
      readAll(kryo, in, elements);
      return build.apply(elements);
    }

    @Override
    boolean afterContent() {
      return true;
    }
  }

  /** Sets that are made of all their elements at once. */
  static final class BuiltSet extends Form<Object> {
    private final Function<Set<Object>, Object> build;

    BuiltSet(Function<Set<Object>, Object> build) {
      super(false);
      this.build = build;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      writeAll(kryo, out, (Collection<?>) value);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      Set<Object> elements = new LinkedHashSet<>();
      readAll(kryo, in, elements);
      return build.apply(elements);
    }

    @Override
    boolean afterContent() {
      return true;
    }
  }

  /** Maps that are made empty and filled. */
  static final class FilledMap extends Form<Object> {
    private final Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty;

    FilledMap(Supplier<? extends Map<@Nullable Object, @Nullable Object>> empty) {
      super(false);
      this.empty = empty;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      writePairs(kryo, out, (Map<?, ?>) value);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      Map<@Nullable Object, @Nullable Object> result = empty.get();
      kryo.reference(result);
      readPairs(kryo, in, result);
      return result;
    }
  }

  /** Maps that are made of all their pairs at once. */
  static final class BuiltMap extends Form<Object> {
    private final Function<Map<Object, Object>, Object> build;

    BuiltMap(Function<Map<Object, Object>, Object> build) {
      super(false);
      this.build = build;
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      writePairs(kryo, out, (Map<?, ?>) value);
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      Map<Object, Object> pairs = new LinkedHashMap<>();
      readPairs(kryo, in, pairs);
      return build.apply(pairs);
    }

    @Override
    boolean afterContent() {
      return true;
    }
  }

  /** One nested object, after which the outer one is made. */
  static final class Wrapped extends Form<Object> {
    private final Function<Object, @Nullable Object> unwrap;
    private final Function<@Nullable Object, Object> wrap;

    Wrapped(Function<Object, @Nullable Object> unwrap, Function<@Nullable Object, Object> wrap) {
      super(false);
      this.unwrap = unwrap;
      this.wrap = wrap;
    }

    static Wrapped optional() {
      return new Wrapped(value -> ((Optional<?>) value).orElse(null), Optional::ofNullable);
    }

    @Override
    void put(Kryo kryo, Output out, Object value) {
      kryo.writeClassAndObject(out, unwrap.apply(value));
    }

    @Override
    Object get(Kryo kryo, BoundedInput in, Class<?> type) {
      return wrap.apply(kryo.readClassAndObject(in));
    }

    @Override
    boolean afterContent() {
      return true;
    }
  }

  private static ObjectReferences references(Kryo kryo) {
    return (ObjectReferences) kryo.getReferenceResolver();
  }

  private static void writeAll(Kryo kryo, Output out, Collection<?> elements) {
    Object[] snapshot = elements.toArray(); // a concurrent collection may change its size meanwhile
    out.writeVarInt(snapshot.length, true);
    for (Object element : snapshot) {
      kryo.writeClassAndObject(out, element);
    }
  }

  private static void readAll(Kryo kryo, BoundedInput in, Collection<@Nullable Object> into) {
    ObjectReferences references = references(kryo);
    int size = in.readLength();
    for (int i = 0; i < size; i++) {
      long before = references.sum();
      references.add(1);
      Object element = kryo.readClassAndObject(in);
      if (into instanceof Set) {
        references.hash(references.sum() - before, in.limit());
      }
      into.add(element);
    }
  }

  private static void writePairs(Kryo kryo, Output out, Map<?, ?> map) {
    Map<?, ?> snapshot = map instanceof ConcurrentMap ? new LinkedHashMap<>(map) : map;
    out.writeVarInt(snapshot.size(), true);
    snapshot.forEach(
        (key, value) -> {
          kryo.writeClassAndObject(out, key);
          kryo.writeClassAndObject(out, value);
        });
  }

  private static void readPairs(
      Kryo kryo, BoundedInput in, Map<@Nullable Object, @Nullable Object> into) {
    ObjectReferences references = references(kryo);
    int size = in.readLength();
    for (int i = 0; i < size; i++) {
      long before = references.sum();
      references.add(2);
      Object key = kryo.readClassAndObject(in);
      references.hash(references.sum() - before, in.limit());
      into.put(key, kryo.readClassAndObject(in));
    }
  }
}
