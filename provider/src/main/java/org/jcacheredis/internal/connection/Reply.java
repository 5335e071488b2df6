// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered: nothing, bytes, an integer, or a list of replies.
 *
 * @param raw null, {@code byte[]}, {@code Long} or {@code List}
 */
public record Reply(@Nullable Object raw) {
  public boolean isNil() {
    return raw == null;
  }

  /** A bulk or status reply; null for nil. */
  public byte @Nullable [] bytes() {
    return (byte[]) raw;
  }

  public long integer() {
    if (raw instanceof Long number) {
      return number;
    }
    throw new IllegalStateException("the reply is no integer");
  }

  public String text() {
    if (raw instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    throw new IllegalStateException("the reply is no text");
  }

  /** The elements of a list; an element that is nil is a reply that {@link #isNil()}. */
  public List<Reply> elements() {
    if (raw instanceof List<?> list) {
      return list.stream().map(Reply::new).toList();
    }
    throw new IllegalStateException("the reply is no list");
  }

  /** The list of bulk replies that MGET and SCAN give; nil elements are null. */
  @SuppressWarnings("unchecked") // the protocol has only these
  public List<byte @Nullable []> bulks() {
    if (raw instanceof List<?> list) {
      return (List<byte @Nullable []>) list;
    }
    throw new IllegalStateException("the reply is no list");
  }
}
