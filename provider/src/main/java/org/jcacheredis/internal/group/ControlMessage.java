// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other: one byte of version, one of kind, then the node that speaks and a
 * number of eight bytes each, then the prefix of a cache's keys.
 *
 * @param number of an {@code ACKNOWLEDGED}, what is acknowledged; of an {@code INTEREST_CHANGED},
 *     what the answer has to name
 * @param prefix the cache that is spoken of; may be {@link #ALL}
 */
record ControlMessage(Kind kind, long node, long number, String prefix) {
  /** Stands for all caches. */
  static final String ALL = "";

  private static final byte VERSION = 1;
  private static final int HEAD = 2 + 2 * Long.BYTES;

  /** What is said. */
  enum Kind {
    INTEREST_CHANGED('I'),
    ACKNOWLEDGED('A');

    private final byte mark;

    Kind(char mark) {
      this.mark = (byte) mark;
    }

    static @Nullable Kind of(byte mark) {
      for (Kind kind : values()) {
        if (kind.mark == mark) {
          return kind;
        }
      }
      return null;
    }
  }

  byte[] toBytes() {
    byte[] name = prefix.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + name.length)
        .put(VERSION)
        .put(kind.mark)
        .putLong(node)
        .putLong(number)
        .put(name)
        .array();
  }

  /** The way back; null for bytes of a newer version, or of nobody we know. */
  static @Nullable ControlMessage parse(byte[] message) {
    if (message.length < HEAD || message[0] != VERSION) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(message, 1, message.length - 1);
    Kind kind = Kind.of(bytes.get());
    long node = bytes.getLong();
    long number = bytes.getLong();
    String prefix = new String(message, HEAD, message.length - HEAD, StandardCharsets.UTF_8);
    return kind == null ? null : new ControlMessage(kind, node, number, prefix);
  }
}
