// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.time.Duration;
import javax.cache.processor.MutableEntry;

/**
 * The entry that this provider hands to entry processors: {@code
 * entry.unwrap(TouchableEntry.class)}. Used by the one thread that runs the processor.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface TouchableEntry<K, V> extends MutableEntry<K, V> {
  /**
   * Gives the entry a lifetime for this call alone, instead of the one from the expiry policy, when
   * the processor has returned. An entry that is then absent stays absent.
   *
   * @param ttl positive; to the millisecond
   * @throws IllegalArgumentException if {@code ttl} is not positive
   */
  void touch(Duration ttl);
}
