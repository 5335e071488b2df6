// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jcacheredis.internal.entry.EntryKey;

/** One of the keys of a bulk call, as an object and as bytes. */
record Target<K>(K key, EntryKey entry) {

  /**
   * All keys of a call, checked before anything is done.
   *
   * @throws NullPointerException if one is null
   */
  static <K> List<Target<K>> of(Collection<? extends K> keys, Coding<K, ?> coding) {
    List<Target<K>> targets = new ArrayList<>(keys.size());
    for (K key : keys) {
      targets.add(new Target<>(key, coding.key(key)));
    }
    return targets;
  }

  static <K> List<EntryKey> entries(List<Target<K>> targets) {
    return targets.stream().map(Target::entry).toList();
  }

  /** About how many bytes go to the server. */
  int size() {
    return entry.size();
  }
}
