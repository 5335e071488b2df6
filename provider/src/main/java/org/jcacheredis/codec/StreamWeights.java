// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jcacheredis.codec.FieldShape.Slot;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes the hash codes of the collections in one serialized stream visit. Shared parts
 * count each time, so that a few bytes may stand for more than a CPU can visit. For one stream.
 */
final class StreamWeights {
  private static final long FREE = 1L << 24;
  private static final long PER_BYTE = 256;
  private static final long MOST = 1L << 40; // far above what is allowed, far below an overflow

  private final long limit;
  private final Map<Object, Long> known = new IdentityHashMap<>();

  StreamWeights(int bytes) {
    limit = FREE + PER_BYTE * bytes;
  }

  /** An object has been read, and may be hashed next. */
  void add(Object value) {
    if (!hashesContent(value)) {
      return;
    }
    long weight = weight(value, new IdentityHashMap<>());
    if (weight > limit) {
      throw new CodecException(
          "value has collections that hold one another so often that hashing them takes too long; something else wrote it");
    }
    known.put(value, weight);
  }

  private long weight(@Nullable Object value, Map<Object, Long> unfinished) {
    if (value == null || !hashesContent(value)) {
      return 1;
    }
    Long weight = known.get(value);
    if (weight != null) {
      return weight;
    }
    if (unfinished.putIfAbsent(value, 1L) == null) { // a cycle counts once: its hash code fails
      unfinished.put(value, now(value, unfinished));
    }
    return unfinished.get(value);
  }

  private long now(Object value, Map<Object, Long> unfinished) {
    try {
      return content(value)
          .mapToLong(each -> weight(each, unfinished))
          .reduce(1, StreamWeights::sum);
    } catch (RuntimeException e) {
      return 1; // a view whose collection is not there yet cannot be hashed either
    }
  }

  private static long sum(long one, long other) {
    return Math.min(MOST, one + other);
  }

  /** Classes of a user's own answer for what they do in {@code hashCode}. */
  private static boolean hashesContent(Object value) {
    return value instanceof Record
        || FieldShape.ofJdk(value.getClass())
            && (value instanceof Collection || value instanceof Map || value instanceof Map.Entry);
  }

  private static Stream<?> content(Object value) {
    if (value instanceof Collection<?> items) {
      return items.stream();
    }
    if (value instanceof Map<?, ?> map) {
      return Stream.concat(map.keySet().stream(), map.values().stream());
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return Arrays.asList(entry.getKey(), entry.getValue()).stream();
    }
    return components(value).stream().map(slot -> slot.get(value));
  }

  private static List<Slot> components(Object value) {
    try {
      return FieldShape.of(value.getClass()).slots();
    } catch (CodecException e) {
      return List.of(); // closed to reflection, which JDK serialization does not need
    }
  }
}
