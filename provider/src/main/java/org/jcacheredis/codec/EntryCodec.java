// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of one cache as bytes and back. Keys are canonical: equal keys give equal bytes
 * in every JVM. Values carry a format byte, except with the {@code raw} codec. Bytes become only
 * classes that the cache allows. Thread-safe; no call does any I/O.
 */
public final class EntryCodec {
  private static final byte[] NO_HEADER = {};

  private final KeyCodec keys;
  private final Envelope envelope;
  private final @Nullable RawCodec raw;
  private final int content;
  private final FramedCodec codec;
  private final Class<?> valueType;

  /**
   * @param keyType the declared type, {@code Object.class} for an open one
   * @param valueType the declared type, {@code Object.class} for an open one
   * @param loader where classes of stored values are looked for first
   * @throws IllegalArgumentException if a setting names a codec or compression that does not exist,
   *     whose library is missing, or that does not suit the value type; the message names the
   *     setting
   */
  public EntryCodec(
      CodecSettings settings, Class<?> keyType, Class<?> valueType, ClassLoader loader) {
    ClassGate gate = new ClassGate(settings.allow(), keyType, valueType, loader);
    JdkStreams jdk = new JdkStreams(gate);
    Compression compression = Compression.ofSetting(settings.compression());
    this.keys = new KeyCodec(gate, jdk, keyType);
    this.valueType = valueType;
    this.envelope =
        new Envelope(compression, settings.compressionThreshold(), settings.maxValueSize());
    boolean isRaw = settings.codec().equals("raw");
    this.raw = isRaw ? new RawCodec(valueType, compression) : null;
    ValueCodecs.Named named =
        raw == null
            ? ValueCodecs.of(settings, valueType, loader, gate, jdk)
            : new ValueCodecs.Named(Envelope.CUSTOM, FramedCodec.of(raw));
    this.codec = named.codec();
    this.content = named.content();
  }

  /**
   * The canonical bytes of a key.
   *
   * @throws CodecException if its class is not allowed, has no {@code equals} of its own, or could
   *     not be rebuilt from bytes
   */
  public byte[] encodeKey(Object key) {
    return keys.encode(key);
  }

  /**
   * A key equal to the one that gave these bytes.
   *
   * @throws CodecException if the bytes make no key, or one of a class that is not allowed
   */
  public Object decodeKey(byte[] bytes) {
    return keys.decode(bytes);
  }

  /**
   * What is stored for a value.
   *
   * @throws CodecException if its class is not allowed, it cannot be encoded, or it is larger than
   *     {@code codec.max-value-size}
   */
  public byte[] encodeValue(Object value) {
    if (raw != null) {
      byte[] bytes = raw.encode(value);
      if (bytes.length > envelope.maxSize()) {
        throw Envelope.tooLarge(value.getClass(), Long.toString(bytes.length), envelope.maxSize());
      }
      return bytes;
    }
    return envelope.wrap(value.getClass(), framed(value));
  }

  private byte[] framed(Object value) {
    if (content != Envelope.CUSTOM) { // which may encrypt: it is given everything
      Integer number = ValueText.number(value.getClass());
      byte[] text = number == null ? null : ValueText.print(value);
      if (number != null && text != null) {
        return envelope.frame(value.getClass(), number, text);
      }
      if (value instanceof byte[] bytes) {
        return envelope.frame(byte[].class, ValueText.BYTES, bytes);
      }
    }
    return encodeObject(value);
  }

  private byte[] encodeObject(Object value) {
    try {
      return codec.encodeFramed(Envelope.header(content), value);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new CodecException(
          "value of class %s cannot be encoded (%s)"
              .formatted(value.getClass().getName(), e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * The value of stored bytes.
   *
   * @throws CodecException if they make no value, or one of a class that is not allowed
   */
  public Object decodeValue(byte[] bytes) {
    if (raw != null) {
      return raw.decode(bytes);
    }
    byte[] framed = envelope.unwrap(bytes);
    int stored = Envelope.content(framed[0]);
    if (stored == ValueText.BYTES) {
      return Envelope.payload(framed);
    }
    Scalar scalar = ValueText.scalar(stored);
    if (scalar != null) {
      return scalar.parse(ScalarText.string(framed, 1));
    }
    if (stored != content) {
      throw new CodecException(
          "value has content number %d, the codec of this cache reads %d; it was written with another setting 'codec.name'"
              .formatted(stored, content));
    }
    return decodeObject(framed);
  }

  private Object decodeObject(byte[] framed) {
    try {
      return Objects.requireNonNull(codec.decodeFramed(framed));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      for (Throwable at = e; at != null; at = at.getCause()) {
        if (at instanceof CodecException reason) {
          throw reason;
        }
      }
      throw Envelope.damaged(framed.length, e.getClass().getSimpleName());
    }
  }

  /**
   * The bytes in front of the text of a scalar value, for scripts in the server that read and write
   * it: empty for the raw codec, null if values of this type are not stored as text. A string above
   * the compression threshold has another header.
   */
  public byte @Nullable [] scalarHeader(Class<?> type) {
    if (raw != null) {
      return type == valueType && type != byte[].class ? NO_HEADER.clone() : null;
    }
    Integer number = content == Envelope.CUSTOM ? null : ValueText.number(type);
    return number == null ? null : new byte[] {Envelope.header(number)};
  }

  /** Whether nobody can change this value, so that it may be shared without a copy. */
  public boolean isImmutable(Object value) {
    return Immutables.contains(value, Set.of());
  }

  /**
   * As {@link #isImmutable(Object)}, for an application that vouches for some of its classes.
   *
   * @param declared names of classes whose objects nobody changes
   */
  public boolean isImmutable(Object value, Set<String> declared) {
    return Immutables.contains(value, declared);
  }

  /**
   * Whether a key is of a simple class: immutable, with one text for all equal objects, as strings,
   * numbers, {@code UUID}s, dates and enum constants are.
   */
  public boolean isSimpleKey(Object key) {
    return keys.isSimple(key);
  }

  /**
   * The key of these bytes if it is of a simple class, else null.
   *
   * @throws CodecException as {@link #decodeKey}
   */
  public @Nullable Object decodeSimpleKey(byte[] bytes) {
    return keys.decodeSimple(bytes);
  }
}
