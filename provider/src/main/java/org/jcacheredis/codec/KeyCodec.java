// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys as canonical bytes: bare text where the declared key type says what it is, marked text for
 * other simple types, else a mark and {@link KeyWriter}'s form. Thread-safe.
 */
final class KeyCodec {
  private final ClassGate gate;
  private final JdkStreams jdk;
  private final CachedHash hashes = new CachedHash();
  private final Set<Class<?>> proven = ConcurrentHashMap.newKeySet();
  private final Class<?> declared;
  private final @Nullable Scalar bare;

  KeyCodec(ClassGate gate, JdkStreams jdk, Class<?> declared) {
    this.gate = gate;
    this.jdk = jdk;
    this.declared = declared;
    this.bare = Scalar.of(declared);
  }

  byte[] encode(Object key) {
    if (bare != null) {
      expectDeclared(key.getClass());
      return utf8(bare.print(key));
    }
    if (key instanceof Enum<?> constant) {
      return encodeEnum(constant);
    }
    Scalar scalar = Scalar.of(key.getClass());
    return scalar != null ? utf8(scalar.mark + scalar.print(key)) : encodeBinary(key);
  }

  private byte[] encodeEnum(Enum<?> constant) {
    if (declared.isEnum()) {
      expectDeclared(constant.getDeclaringClass());
      return utf8(constant.name());
    }
    gate.check(constant.getDeclaringClass());
    return utf8(KeyTags.ENUM + enumText(constant));
  }

  private void expectDeclared(Class<?> actual) {
    if (actual != declared) {
      throw new CodecException(
          "key is a %s; the declared key type is %s; declare the type that the keys have"
              .formatted(actual.getName(), declared.getName()));
    }
  }

  private byte[] encodeBinary(Object key) {
    try {
      Output out = new Output(128, -1);
      out.writeByte(KeyTags.BINARY);
      KeyWriter writer = new KeyWriter(gate, jdk, hashes);
      writer.write(out, key);
      byte[] bytes = out.toBytes();
      prove(key, bytes, writer);
      return bytes;
    } catch (StackOverflowError e) {
      throw new CodecException(
          "key of class %s is nested too deeply or holds itself; use a smaller key"
              .formatted(key.getClass().getName()));
    }
  }

  /** A class seen for the first time must come back equal, or iteration would fail later. */
  private void prove(Object key, byte[] bytes, KeyWriter writer) {
    if (proven.containsAll(writer.classes)) {
      return;
    }
    Object copy;
    try {
      copy = decode(bytes);
    } catch (CodecException e) {
      throw unfit(key, e);
    }
    if (!writer.approximate && !Objects.deepEquals(copy, key)) {
      throw unfit(key, null);
    }
    proven.addAll(writer.classes);
  }

  private static CodecException unfit(Object key, @Nullable CodecException cause) {
    return new CodecException(
        "key of class %s does not come back equal from its fields; let equals compare fields that are not transient, or use a record"
            .formatted(key.getClass().getName()),
        cause);
  }

  Object decode(byte[] bytes) {
    if (bare != null) {
      return bare.parse(ScalarText.string(bytes, 0));
    }
    if (declared.isEnum()) {
      return constant(declared, ScalarText.string(bytes, 0));
    }
    if (bytes.length == 0) {
      throw new CodecException("key has no bytes, not even a type mark; something else wrote it");
    }
    return switch ((char) bytes[0]) {
      case KeyTags.BINARY -> decodeBinary(bytes);
      case KeyTags.ENUM -> enumConstant(gate, ScalarText.string(bytes, 1));
      default -> decodeMarked(bytes);
    };
  }

  /** Whether equal keys of this class have one text, and nobody can change the object. */
  boolean isSimple(Object key) {
    if (bare != null) {
      return key.getClass() == declared && bare != Scalar.DATE;
    }
    if (key instanceof Enum<?>) {
      return true;
    }
    Scalar scalar = Scalar.of(key.getClass());
    return scalar != null && scalar != Scalar.DATE;
  }

  /** The key of these bytes if it is simple; saves decoding those that are not. */
  @Nullable Object decodeSimple(byte[] bytes) {
    boolean isMarked = bare == null && !declared.isEnum();
    if (isMarked && bytes.length > 0 && bytes[0] == KeyTags.BINARY) {
      return null;
    }
    Object key = decode(bytes);
    return isSimple(key) ? key : null;
  }

  private static Object decodeMarked(byte[] bytes) {
    Scalar scalar = Scalar.ofMark((char) bytes[0]);
    if (scalar == null) {
      throw new CodecException(
          "key starts with byte 0x%02x, which is no type mark; something else wrote it"
              .formatted(bytes[0]));
    }
    return scalar.parse(ScalarText.string(bytes, 1));
  }

  private Object decodeBinary(byte[] bytes) {
    try {
      BoundedInput in = new BoundedInput(bytes, 1);
      Object key = new KeyReader(gate, jdk, in).read();
      in.expectEnd();
      return Objects.requireNonNull(key);
    } catch (CodecException e) {
      throw e;
    } catch (KryoException | StackOverflowError | LinkageError e) {
      throw damaged(bytes, e);
    } catch (RuntimeException e) { // what equals and hashCode of damaged objects throw
      throw damaged(bytes, e);
    }
  }

  private static CodecException damaged(byte[] bytes, Throwable cause) {
    return new CodecException(
        "%d bytes make no key (%s); something else wrote them, or they are damaged"
            .formatted(bytes.length, cause.getClass().getSimpleName()));
  }

  static String enumText(Enum<?> constant) {
    return constant.getDeclaringClass().getName() + '#' + constant.name();
  }

  static Object enumConstant(ClassGate gate, String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw new CodecException("key names no enum constant; it is damaged");
    }
    return constant(gate.load(text.substring(0, hash)), text.substring(hash + 1));
  }

  static Object constant(Class<?> type, String name) {
    Object[] constants = type.isEnum() ? type.getEnumConstants() : new Object[0];
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new CodecException(
        "enum %s has no constant of the stored name; the enum has changed since"
            .formatted(type.getName()));
  }

  static byte[] utf8(String text) {
    byte[] bytes = ScalarText.utf8OrNull(text);
    if (bytes == null) {
      throw new CodecException(
          "key holds a string of %d characters with half a surrogate pair; UTF-8 cannot store it; use valid Unicode"
              .formatted(text.length()));
    }
    return bytes;
  }
}
