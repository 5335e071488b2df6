// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.time.Duration;

/**
 * Ready-made entry processors that run in the server, in one round trip; immutable, thread-safe and
 * serializable.
 */
public final class LuaProcessors {
  private LuaProcessors() {}

  /**
   * Adds {@code by} to a number and returns the new number; an absent entry counts as 0. {@code
   * ArithmeticException} on overflow.
   */
  public static <K> LuaEntryProcessor<K, Long, Long> increment(long by) {
    return increment(by, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Adds {@code by} to a number within bounds and returns the new number, or null, and changes
   * nothing, if it would lie outside.
   *
   * @param min the smallest number allowed
   * @param max the largest number allowed
   * @throws IllegalArgumentException if {@code min} is larger than {@code max}
   */
  public static <K> LuaEntryProcessor<K, Long, Long> increment(long by, long min, long max) {
    return new Increment<>(by, min, max);
  }

  /**
   * Appends {@code suffix} to a text and returns the new length; an absent entry counts as empty.
   */
  public static <K> LuaEntryProcessor<K, String, Integer> append(String suffix) {
    return new Append<>(suffix);
  }

  /**
   * Stores {@code update} if the entry equals {@code expected}, and returns whether it did. The
   * server compares stored bytes; if these differ, the objects are compared by {@code equals} in
   * this JVM.
   */
  public static <K, V> LuaEntryProcessor<K, V, Boolean> compareAndSet(V expected, V update) {
    return new CompareAndSet<>(expected, update);
  }

  /**
   * Returns the value, or null, and gives the entry {@code ttl} to live from now on. It is one
   * round trip, and only this JVM can tell whether it can read the bytes that came: if it cannot,
   * which is an {@code EntryProcessorException} that names cache and key, or null where the setting
   * {@code on-undecodable} is {@code miss}, the server has given them {@code ttl} all the same.
   * Where the processor runs in Java, their lifetime stays as it was.
   *
   * @throws IllegalArgumentException if {@code ttl} is not positive
   */
  public static <K, V> LuaEntryProcessor<K, V, V> getAndTouch(Duration ttl) {
    return new GetAndTouch<>(ttl);
  }
}
