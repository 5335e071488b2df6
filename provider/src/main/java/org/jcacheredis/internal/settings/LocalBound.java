// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bound of the local tier that a user sets in one block: by entries or by bytes, not both. */
record LocalBound(Layer layer) {
  private static final List<String> ENTRIES = CacheSchema.LOCAL_MAX_ENTRIES.path();
  private static final List<String> WEIGHT = CacheSchema.LOCAL_MAX_WEIGHT.path();

  /**
   * @param block the path of the block that the layer is counted from
   */
  void check(List<String> block, Problems problems) {
    Found weight = layer.values().get(WEIGHT);
    Found entries = layer.values().get(ENTRIES);
    if (weight != null && weight.shape() != Found.Shape.NULL && entries != null) {
      List<String> full = new ArrayList<>(block);
      full.addAll(WEIGHT);
      problems.add(
          "property '%s' is '%s' (%s); expected one bound, but local.max-entries is '%s' (%s)"
              .formatted(
                  Layer.render(full),
                  weight.shown(),
                  weight.origin(),
                  entries.shown(),
                  entries.origin()));
    }
  }

  /** The layer; if it bounds by entries, a weaker layer's bound by bytes no longer counts. */
  Layer exclusive() {
    Found entries = layer.values().get(ENTRIES);
    return entries == null || layer.values().get(WEIGHT) != null
        ? layer
        : new Layer(Map.of(WEIGHT, Found.nothing(Found.Shape.NULL, entries.origin()))).over(layer);
  }
}
