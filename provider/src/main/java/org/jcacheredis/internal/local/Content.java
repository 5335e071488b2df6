// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/** What a tier has to know of the keys and values of its cache. Thread-safe. */
public interface Content<K, V> {
  /**
   * Whether a key stands for itself: immutable, and each of its class that is equal has its bytes.
   */
  boolean isSimple(K key);

  /** The key of these bytes if it is simple; null if it is not, or is nobody's key. */
  @Nullable Object simple(EntryKey entry);

  EntryKey entry(K key);

  /** Whether a value may be given to many callers: nobody can change it. */
  boolean isShareable(V value);

  /** A new object for these bytes; null if they count as a miss. */
  @Nullable V decode(EntryKey entry, byte[] bytes);
}
