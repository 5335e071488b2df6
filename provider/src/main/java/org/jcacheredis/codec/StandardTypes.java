// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns the standard collections that keys are decoded to into what a field declares. */
final class StandardTypes {
  private static final List<Function<Collection<?>, Object>> COLLECTIONS =
      List.of(LinkedHashSet::new, TreeSet::new, LinkedList::new, List::copyOf, Set::copyOf);
  private static final List<Function<Map<?, ?>, Object>> MAPS =
      List.of(LinkedHashMap::new, TreeMap::new, ConcurrentHashMap::new);

  private StandardTypes() {}

  /**
   * The value itself if the target takes it, else an equal collection that fits, if there is one.
   */
  static @Nullable Object fit(Class<?> target, @Nullable Object value) {
    if (value == null || target.isPrimitive() || target.isInstance(value)) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return first(MAPS, map, target);
    }
    return value instanceof Collection<?> items ? first(COLLECTIONS, items, target) : value;
  }

  private static <T> Object first(List<Function<T, Object>> copies, T value, Class<?> target) {
    for (Function<T, Object> copy : copies) {
      try {
        Object candidate = copy.apply(value);
        if (target.isInstance(candidate)) {
          return candidate;
        }
      } catch (RuntimeException e) {
        continue; // a tree of elements without order, say: another kind may fit
      }
    }
    return value;
  }
}
