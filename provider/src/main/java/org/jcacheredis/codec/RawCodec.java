// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import org.jspecify.annotations.Nullable;

/**
 * Values as other languages write them, without a format byte: bytes as they are, strings and
 * numbers as text. Thread-safe.
 */
final class RawCodec implements ValueCodec {
  private final Class<?> type;
  private final @Nullable Scalar scalar;

  /**
   * @throws IllegalArgumentException if the value type is none that has such a form
   */
  RawCodec(Class<?> type, Compression compression) {
    this.type = type;
    this.scalar = ValueText.number(type) == null ? null : Scalar.of(type);
    if (scalar == null && type != byte[].class) {
      throw new IllegalArgumentException(
          "setting 'codec.name' is 'raw'; the value type is %s; declare String, byte[], Boolean or a number type with setTypes"
              .formatted(type.getTypeName()));
    }
    if (compression != Compression.NONE) {
      throw new IllegalArgumentException(
          "setting 'codec.compression' is '%s'; the raw codec stores values as they are; set it to none"
              .formatted(compression));
    }
  }

  @Override
  public byte[] encode(Object value) {
    if (value.getClass() != type) {
      throw new CodecException(
          "value of class %s is not of the declared type %s; the raw codec stores no other"
              .formatted(value.getClass().getName(), type.getTypeName()));
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    byte[] text = ValueText.print(value);
    if (text == null) {
      throw new CodecException(
          "string value holds half a surrogate pair; UTF-8 cannot store it; use another codec than raw");
    }
    return text;
  }

  @Override
  public Object decode(byte[] payload) {
    return scalar == null ? payload.clone() : scalar.parse(ScalarText.string(payload, 0));
  }
}
