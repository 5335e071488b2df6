// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to do to one entry, and on which condition.
 *
 * @param value the new bytes of a {@link Kind#STORE}
 * @param expected the bytes that {@link Guard#IF_EQUAL} asks for
 */
public record Mutation(
    Kind kind,
    Guard guard,
    byte @Nullable [] value,
    byte @Nullable [] expected,
    Previous previous) {

  /** What to do. */
  public enum Kind {
    STORE,
    REMOVE,
    /** Remove, because its lifetime is over: the outcome is {@code EXPIRED}. */
    EXPIRE,
    /** Remove, and nobody is told: it was no entry to the application, or the cache is cleared. */
    DISCARD,
    /** Leave the value and give the entry the lifetime of an access. */
    TOUCH
  }

  /** The condition, decided by the server in the same step as the change. */
  public enum Guard {
    ALWAYS,
    IF_ABSENT,
    IF_PRESENT,
    IF_EQUAL
  }

  /** Whether the caller wants the bytes that were there before. */
  public enum Previous {
    IGNORED,
    WANTED
  }

  /** Stores {@code value} whatever was there. */
  public static Mutation store(byte[] value) {
    return new Mutation(Kind.STORE, Guard.ALWAYS, value, null, Previous.IGNORED);
  }

  /** Removes whatever is there. */
  public static Mutation remove() {
    return new Mutation(Kind.REMOVE, Guard.ALWAYS, null, null, Previous.IGNORED);
  }

  /** Ends the lifetime of whatever is there; the outcome is {@code EXPIRED} or {@code ABSENT}. */
  public static Mutation expire() {
    return new Mutation(Kind.EXPIRE, Guard.ALWAYS, null, null, Previous.IGNORED);
  }

  /** Removes whatever is there, without an event. */
  public static Mutation discard() {
    return new Mutation(Kind.DISCARD, Guard.ALWAYS, null, null, Previous.IGNORED);
  }

  /** Gives the entry, if there is one, another lifetime; the outcome is {@code FOUND}. */
  public static Mutation touch() {
    return new Mutation(Kind.TOUCH, Guard.ALWAYS, null, null, Previous.IGNORED);
  }

  public Mutation ifAbsent() {
    return new Mutation(kind, Guard.IF_ABSENT, value, null, previous);
  }

  public Mutation ifPresent() {
    return new Mutation(kind, Guard.IF_PRESENT, value, null, previous);
  }

  /** Only over exactly these bytes. A refusal returns the bytes that are there. */
  public Mutation ifEqual(byte[] bytes) {
    return new Mutation(kind, Guard.IF_EQUAL, value, bytes, previous);
  }

  public Mutation returningPrevious() {
    return new Mutation(kind, guard, value, expected, Previous.WANTED);
  }

  /** About how many bytes go to the server. */
  public int size() {
    return (value == null ? 0 : value.length) + (expected == null ? 0 : expected.length);
  }

  public boolean isStore() {
    return kind == Kind.STORE;
  }

  public boolean wantsPrevious() {
    return previous == Previous.WANTED;
  }

  /** The new bytes; only for a {@link Kind#STORE}. */
  public byte[] newValue() {
    return Objects.requireNonNull(value);
  }

  /** The expected bytes; only with {@link Guard#IF_EQUAL}. */
  public byte[] expectedValue() {
    return Objects.requireNonNull(expected);
  }
}
