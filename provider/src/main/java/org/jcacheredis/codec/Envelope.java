// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Arrays;

/**
 * The format byte in front of every payload: two bits of version (01), two of compression, four of
 * content. A compressed payload is preceded by its size, four bytes, the highest first. The numbers
 * are part of the data in Redis: they never change. All format bytes of version 1 are ASCII,
 * {@code @} to {@code DEL}.
 */
record Envelope(Compression compression, int threshold, int maxSize) {
  /** Content forms besides the scalars, which {@link ValueText} numbers from 4 to 14. */
  static final int KRYO = 0;

  static final int JAVA = 1;
  static final int JSON = 2;
  static final int CUSTOM = 3;

  private static final int VERSION = 0b01;
  private static final int SIZE_BYTES = 4;

  /** The format byte of an uncompressed payload. */
  static byte header(int content) {
    return (byte) (VERSION << 6 | content);
  }

  /** The content number of a format byte. */
  static int content(byte header) {
    if ((header & 0xFF) >>> 6 != VERSION) {
      throw new CodecException(
          "value starts with byte 0x%02x, which is no format of this version; another program or a newer version wrote it"
              .formatted(header));
    }
    return header & 0x0F;
  }

  /** The format byte, and a copy of the payload behind it; none of one that is too large. */
  byte[] frame(Class<?> type, int content, byte[] payload) {
    checkSize(type, payload.length);
    return framed(header(content), payload);
  }

  /** The format byte, and a copy of the payload behind it. */
  static byte[] framed(byte header, byte[] payload) {
    byte[] framed = new byte[payload.length + 1];
    framed[0] = header;
    System.arraycopy(payload, 0, framed, 1, payload.length);
    return framed;
  }

  /** What is stored for a payload behind its format byte: compressed if that makes it smaller. */
  byte[] wrap(Class<?> type, byte[] framed) {
    int size = framed.length - 1;
    checkSize(type, size);
    if (compression != Compression.NONE && size >= threshold) {
      byte[] smaller = compression.compress(framed, 1, size);
      if (smaller.length + SIZE_BYTES < size) {
        return compressed(framed[0], smaller, size);
      }
    }
    return framed;
  }

  private void checkSize(Class<?> type, int payload) {
    if (payload >= maxSize) {
      throw tooLarge(type, Long.toString(payload + 1L), maxSize);
    }
  }

  private byte[] compressed(byte header, byte[] smaller, int size) {
    byte[] result = new byte[1 + SIZE_BYTES + smaller.length];
    result[0] = (byte) (header | compression.number << 4);
    for (int i = 0; i < SIZE_BYTES; i++) {
      result[1 + i] = (byte) (size >>> 24 - 8 * i);
    }
    System.arraycopy(smaller, 0, result, 1 + SIZE_BYTES, smaller.length);
    return result;
  }

  /**
   * The bytes themselves if their payload is not compressed, else with it decompressed: in either
   * case the payload starts at 1.
   */
  byte[] unwrap(byte[] bytes) {
    if (bytes.length == 0) {
      throw new CodecException(
          "value has no bytes, not even a format byte; something else wrote it");
    }
    content(bytes[0]);
    int number = bytes[0] >>> 4 & 0b11;
    return number == 0 ? bytes : decompressed(Compression.values()[number], bytes);
  }

  private byte[] decompressed(Compression by, byte[] bytes) {
    if (bytes.length < 1 + SIZE_BYTES) {
      throw damaged(bytes.length, "too short");
    }
    int size = 0;
    for (int i = 1; i <= SIZE_BYTES; i++) {
      size = size << 8 | bytes[i] & 0xFF;
    }
    if (size < 0 || size >= maxSize) {
      throw new CodecException(
          "value would decompress to %s bytes; setting 'codec.max-value-size' allows %d; raise it if the value is yours"
              .formatted(Integer.toUnsignedString(size), maxSize));
    }
    byte[] payload;
    try {
      payload = by.decompress(bytes, 1 + SIZE_BYTES, size);
    } catch (RuntimeException | LinkageError e) {
      throw damaged(bytes.length, by + " failed with " + e.getClass().getSimpleName());
    }
    return framed(bytes[0], payload);
  }

  static CodecException damaged(int length, String reason) {
    return new CodecException(
        "%d bytes make no value (%s); something else wrote them, or they are damaged"
            .formatted(length, reason));
  }

  static CodecException tooLarge(Class<?> type, String size, int limit) {
    return new CodecException(
        "value of class %s has %s bytes; setting 'codec.max-value-size' allows %d; raise it or store less"
            .formatted(type.getName(), size, limit));
  }

  /** The payload without its format byte. */
  static byte[] payload(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }
}
