// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

/** One mutation of one key, with the lifetimes for each case. */
public record Change(EntryKey key, Mutation mutation, Lifetimes lifetimes) {
  /** Gives an entry, if it is there, this lifetime, which is neither zero nor unchanged. */
  public static Change touch(EntryKey key, long lifetime) {
    return new Change(
        key, Mutation.touch(), new Lifetimes(Lifetimes.UNCHANGED, Lifetimes.UNCHANGED, lifetime));
  }

  /** Ends the lifetime of an entry. */
  public static Change expiry(EntryKey key) {
    return new Change(key, Mutation.expire(), Lifetimes.of(Lifetimes.ZERO));
  }

  /** Removes an entry, without an event. */
  public static Change discard(EntryKey key) {
    return new Change(key, Mutation.discard(), Lifetimes.of(Lifetimes.ZERO));
  }

  public boolean isTouch() {
    return mutation.kind() == Mutation.Kind.TOUCH;
  }

  /** Whether it follows from a look at the entry, and not from a change by the application. */
  public boolean isAccess() {
    return isTouch() || mutation.kind() == Mutation.Kind.EXPIRE;
  }

  /** The same, with the bytes that were there before in the outcome. */
  public Change returningPrevious() {
    return new Change(key, mutation.returningPrevious(), lifetimes);
  }

  /** About how many bytes go to the server. */
  public int size() {
    return key.size() + mutation.size();
  }
}
