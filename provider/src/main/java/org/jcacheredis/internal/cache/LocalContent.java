// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.Set;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.local.Content;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values as the local tier sees them.
 *
 * @param immutables names of classes that the application vouches for
 */
record LocalContent<K, V>(Coding<K, V> coding, Set<String> immutables) implements Content<K, V> {
  @Override
  public boolean isSimple(K key) {
    return coding.codec().isSimpleKey(key);
  }

  @Override
  public @Nullable Object simple(EntryKey entry) {
    return coding.simpleKey(entry);
  }

  @Override
  public EntryKey entry(K key) {
    return coding.key(key);
  }

  @Override
  public boolean isShareable(V value) {
    return coding.codec().isImmutable(value, immutables);
  }

  @Override
  public @Nullable V decode(EntryKey entry, byte[] bytes) {
    return coding.valueOrMiss(entry, bytes);
  }
}
