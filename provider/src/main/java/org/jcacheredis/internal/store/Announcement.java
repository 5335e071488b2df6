// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jspecify.annotations.Nullable;

/**
 * What a script tells of a change that it is about to make. Integers have their highest byte first:
 *
 * <pre>
 * 1 byte   version, 1
 * 1 byte   kind, a letter
 * 1 byte   wishes, a bit each: 1 old value, 2 shadow, 4 acknowledgement
 * 8 bytes  node, the origin
 * 8 bytes  id of the change, counted by the origin; 0 if nobody has to know it again
 * 4 fields key, lifetime as decimal text, value, previous: 4 bytes length, then the bytes;
 *          a field that is absent has the length -1
 * </pre>
 *
 * What follows is left for later versions to use: nobody looks at it.
 *
 * @param lifetime of the entry from now on, in milliseconds or as in {@link Lifetimes}
 * @param value the new bytes, if there are any
 * @param previous the bytes that were there before, if they are known and wished for
 */
public record Announcement(
    Kind kind,
    long node,
    long id,
    Set<Announcing.Wish> wishes,
    EntryKey key,
    long lifetime,
    byte @Nullable [] value,
    byte @Nullable [] previous) {
  /** The id of a change that no caller waits to hear of. */
  public static final long FOREIGN = 0;

  private static final byte VERSION = 1;
  private static final int HEAD = 3 + 2 * Long.BYTES;
  private static final int ABSENT = -1;
  private static final Pattern LIFETIME = Pattern.compile("-?[0-9]{1,19}");

  /** What happens to the entry. The letters are part of the format. */
  public enum Kind {
    CREATED('C'),
    UPDATED('U'),
    /** Updated with a lifetime of zero: listeners hear of both. */
    UPDATED_AND_EXPIRED('V'),
    REMOVED('R'),
    /** Its lifetime is over; {@code previous} is what it was. */
    EXPIRED('E'),
    /** Gone, and no listener is told: the cache is cleared. */
    SILENT('S'),
    /** The same, but its time ends sooner, which no listener is told; where no server says so. */
    SHORTENED('T');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static @Nullable Kind of(byte letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      return null;
    }
  }

  /** Reads an announcement; null for a newer version or broken bytes. */
  public static @Nullable Announcement parse(byte[] message) {
    if (message.length < HEAD || message[0] != VERSION) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(message, 1, message.length - 1);
    Kind kind = Kind.of(bytes.get());
    return kind == null ? null : parse(kind, bytes);
  }

  private static @Nullable Announcement parse(Kind kind, ByteBuffer bytes) {
    Set<Announcing.Wish> wishes = wishes(bytes.get());
    long node = bytes.getLong();
    long id = bytes.getLong();
    Fields fields = new Fields(bytes);
    byte[] key = fields.next();
    byte[] lifetime = fields.next();
    byte[] value = fields.next();
    byte[] previous = fields.next();
    if (fields.broken || key == null || lifetime == null) {
      return null;
    }
    Long millis = millis(new String(lifetime, StandardCharsets.US_ASCII));
    return millis == null
        ? null
        : new Announcement(kind, node, id, wishes, new EntryKey(key), millis, value, previous);
  }

  private static Set<Announcing.Wish> wishes(byte bits) {
    Set<Announcing.Wish> wishes = EnumSet.noneOf(Announcing.Wish.class);
    for (Announcing.Wish wish : Announcing.Wish.values()) {
      if ((bits & wish.bit()) != 0) {
        wishes.add(wish);
      }
    }
    return wishes;
  }

  private static @Nullable Long millis(String text) {
    if (!LIFETIME.matcher(text).matches()) {
      return null;
    }
    try {
      long millis = Long.parseLong(text);
      return millis < Lifetimes.UNCHANGED ? null : millis;
    } catch (NumberFormatException e) {
      return null; // 19 digits can be too many
    }
  }

  /** Byte strings, each behind its length. */
  private static final class Fields {
    private final ByteBuffer bytes;
    private boolean broken;

    Fields(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    byte @Nullable [] next() {
      if (broken || bytes.remaining() < Integer.BYTES) {
        broken = true;
        return null;
      }
      int length = bytes.getInt();
      if (length == ABSENT) {
        return null;
      }
      if (length < 0 || length > bytes.remaining()) {
        broken = true;
        return null;
      }
      byte[] field = new byte[length];
      bytes.get(field);
      return field;
    }
  }
}
