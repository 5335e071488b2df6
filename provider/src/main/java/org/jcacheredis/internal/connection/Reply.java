// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jcacheredis.RedisException;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to one command: nothing, bytes, an integer, a list of replies, or a
 * refusal. Every method but {@link #failure} throws the refusal.
 *
 * @param raw null, {@code byte[]}, {@code Long}, {@code List} or {@code RedisException}
 */
public record Reply(@Nullable Object raw) {
  /** Why the server refused the command; null if it did not. */
  public @Nullable RedisException failure() {
    return raw instanceof RedisException failure ? failure : null;
  }

  /** Whether the server refused the command, and will until somebody changes rights or settings. */
  public boolean isForbidden() {
    return raw instanceof RedisException failure && Failures.isLastingRefusal(failure);
  }

  /**
   * Lets only an answer pass.
   *
   * @throws RedisException if the server refused the command
   */
  public Reply checked() {
    if (raw instanceof RedisException failure) {
      throw failure;
    }
    return this;
  }

  public boolean isNil() {
    return checked().raw == null;
  }

  /** A bulk or status reply; null for nil. */
  public byte @Nullable [] bytes() {
    return (byte[]) checked().raw;
  }

  public long integer() {
    if (checked().raw instanceof Long number) {
      return number;
    }
    throw new IllegalStateException("the reply is no integer");
  }

  public String text() {
    if (checked().raw instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    throw new IllegalStateException("the reply is no text");
  }

  /** The elements of a list; an element that is nil is a reply that {@link #isNil()}. */
  public List<Reply> elements() {
    if (checked().raw instanceof List<?> list) {
      return list.stream().map(Reply::new).toList();
    }
    throw new IllegalStateException("the reply is no list");
  }

  /** The list of bulk replies that MGET and SCAN give; nil elements are null. */
  @SuppressWarnings("unchecked") // the protocol has only these
  public List<byte @Nullable []> bulks() {
    if (checked().raw instanceof List<?> list) {
      return (List<byte @Nullable []>) list;
    }
    throw new IllegalStateException("the reply is no list");
  }
}
