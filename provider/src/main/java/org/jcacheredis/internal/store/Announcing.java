// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Outcome;

/**
 * One announcement to be made.
 *
 * @param channel where those who listen are
 * @param node who announces
 * @param id the number of the change, by which its origin knows it again; {@link
 *     Announcement#FOREIGN} if nobody has to
 * @param wishes what it has to carry, and what else is wanted of the write
 */
public record Announcing(byte[] channel, long node, long id, Set<Wish> wishes) {
  /** What those who listen want of a write. The bits are part of the format. */
  public enum Wish {
    /** The bytes that were there before. */
    OLD_VALUE(1),
    /** A shadow, from which the value is known when the entry has expired. */
    SHADOW(2),
    /** An acknowledgement is awaited by the origin. */
    ACKNOWLEDGEMENT(4);

    private final int bit;

    Wish(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }
  }

  boolean wants(Wish wish) {
    return wishes.contains(wish);
  }

  /**
   * The id that a script says it has announced the change under.
   *
   * @param at where in the script's reply it is; a script that nobody listens to has no such
   *     element
   * @return {@code Outcome.NOT_ANNOUNCED} if it was not announced
   */
  public static long id(List<Reply> reply, int at) {
    byte[] id = reply.size() > at ? reply.get(at).bytes() : null;
    return id == null ? Outcome.NOT_ANNOUNCED : ByteBuffer.wrap(id).getLong();
  }

  /** What follows version and kind in the announcement: wishes, node, id. */
  byte[] head() {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put((byte) wishes.stream().mapToInt(Wish::bit).sum())
        .putLong(node)
        .putLong(id)
        .array();
  }
}
