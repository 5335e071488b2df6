// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

/** One mutation of one key, with the lifetimes for each case. */
public record Change(EntryKey key, Mutation mutation, Lifetimes lifetimes) {
  /** Gives an entry, if it is there, this lifetime, which is neither zero nor unchanged. */
  public static Change touch(EntryKey key, long lifetime) {
    return new Change(
        key, Mutation.touch(), new Lifetimes(Lifetimes.UNCHANGED, Lifetimes.UNCHANGED, lifetime));
  }

  public boolean isTouch() {
    return mutation.kind() == Mutation.Kind.TOUCH;
  }

  /** About how many bytes go to the server. */
  public int size() {
    return key.size() + mutation.size();
  }
}
