// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * Cuts long lists into parts that a server answers one at a time, so that none holds up the others.
 *
 * @param keys the most elements of a part, at least one
 * @param bytes the most bytes of a part; an element that has more is a part by itself
 */
public record Chunks(int keys, int bytes) {

  /** The list in order, in parts; none for an empty list. */
  public <T> List<List<T>> of(List<T> all, ToIntFunction<? super T> size) {
    List<List<T>> chunks = new ArrayList<>();
    int from = 0;
    long sum = 0;
    for (int i = 0; i < all.size(); i++) {
      int next = size.applyAsInt(all.get(i));
      if (i > from && (i - from == keys || sum + next > bytes)) {
        chunks.add(all.subList(from, i));
        from = i;
        sum = 0;
      }
      sum += next;
    }
    if (from < all.size()) {
      chunks.add(all.subList(from, all.size()));
    }
    return chunks;
  }

  /** Keys alone, as for reads: how many bytes come back, nobody knows beforehand. */
  public List<List<EntryKey>> ofKeys(List<EntryKey> all) {
    return of(all, EntryKey::size);
  }
}
