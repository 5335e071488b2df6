// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.List;

/** Long lists in parts that a server answers one at a time, so that none holds up the others. */
public final class Chunks {
  private Chunks() {}

  /** The list in order, in parts of at most {@code size}; none for an empty list. */
  public static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      chunks.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return chunks;
  }
}
