// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry.
 *
 * @param previous the bytes that were there before, if the mutation asked for them or was refused
 *     by {@link Mutation.Guard#IF_EQUAL}
 * @param failure why the server refused the change, if the kind is {@code FAILED}
 * @param announced the number under which the change was announced; {@link #NOT_ANNOUNCED} if it
 *     was not
 */
public record Outcome(
    Kind kind, byte @Nullable [] previous, @Nullable CacheException failure, long announced) {
  /** Nobody listened, or nothing changed, or the announcement was refused. */
  public static final long NOT_ANNOUNCED = 0;

  /** All that can happen to an entry. */
  public enum Kind {
    /** Read, and there. */
    FOUND,
    /** Not there, so nothing was done. */
    ABSENT,
    /** Stored where nothing was. */
    CREATED,
    /** Stored over a live value. */
    UPDATED,
    /** Stored; over what, nobody asked. */
    STORED,
    /** There before, gone now. */
    REMOVED,
    /** There, but not as the guard wants it. */
    REFUSED,
    /** A creation lifetime of zero: nothing was stored. */
    NOT_STORED,
    /** Updated or read with a lifetime of zero: gone at once. */
    EXPIRED,
    /** One of many changes, refused by the server: nothing was done. */
    FAILED
  }

  public static Outcome of(Kind kind) {
    return new Outcome(kind, null, null, NOT_ANNOUNCED);
  }

  public static Outcome of(Kind kind, byte @Nullable [] previous) {
    return new Outcome(kind, previous, null, NOT_ANNOUNCED);
  }

  public static Outcome failed(CacheException failure) {
    return new Outcome(Kind.FAILED, null, failure, NOT_ANNOUNCED);
  }

  /** The same, announced under this number. */
  public Outcome announced(long id) {
    return new Outcome(kind, previous, failure, id);
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /** Whether the entry that the mutation spoke of was changed as asked. */
  public boolean isDone() {
    return switch (kind) {
      case CREATED, UPDATED, STORED, REMOVED, EXPIRED -> true;
      case FOUND, ABSENT, REFUSED, NOT_STORED, FAILED -> false;
    };
  }
}
