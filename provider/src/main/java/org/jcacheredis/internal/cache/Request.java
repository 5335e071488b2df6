// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.Objects;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One mutation that a caller asks for, as objects and as bytes.
 *
 * @param value the new value, for the writer; null for a removal
 * @param expected the old value that the caller expects, with the guard {@code IF_EQUAL}
 * @param lifetimes of this call alone; null for those of the expiry policy
 */
record Request<K, V>(
    Operation operation,
    K key,
    EntryKey entry,
    Mutation mutation,
    @Nullable V value,
    @Nullable V expected,
    @Nullable Lifetimes lifetimes) {

  static <K, V> Request<K, V> store(
      Operation operation, K key, EntryKey entry, V value, Mutation mutation) {
    return new Request<>(operation, key, entry, mutation, value, null, null);
  }

  static <K, V> Request<K, V> remove(Operation operation, K key, EntryKey entry) {
    return new Request<>(operation, key, entry, Mutation.remove(), null, null, null);
  }

  /** Only if the entry equals {@code old}, whose bytes are most likely {@code bytes}. */
  Request<K, V> ifEqual(V old, byte[] bytes) {
    return new Request<>(operation, key, entry, mutation.ifEqual(bytes), value, old, lifetimes);
  }

  Request<K, V> with(Mutation other) {
    return new Request<>(operation, key, entry, other, value, expected, lifetimes);
  }

  Request<K, V> living(Lifetimes own) {
    return new Request<>(operation, key, entry, mutation, value, expected, own);
  }

  /** About how many bytes go to the server. */
  int size() {
    return entry.size() + mutation.size();
  }

  V newValue() {
    return Objects.requireNonNull(value);
  }

  V expectedValue() {
    return Objects.requireNonNull(expected);
  }
}
