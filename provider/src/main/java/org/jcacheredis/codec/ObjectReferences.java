// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * References for what has an identity worth keeping; not for text, numbers and constants. Knows
 * what is in the middle of being written or read, and how much hashing what was read may cost.
 */
final class ObjectReferences extends MapReferenceResolver {
  // a tenth of a second or so; more than any value needs that somebody has built with hash tables
  private static final long FREE_WORK = 1L << 24;
  private static final long WORK_PER_BYTE = 256;
  private static final long MOST = 1L << 40; // far above what is allowed, far below an overflow

  /** What is being written and can be built only after its content. */
  private final List<Object> unfinished = new ArrayList<>();

  /** By id, the weight of what has been read, or the place of its unfinished sum, below zero. */
  private long[] weights = new long[64];

  /** For each object that is being read, outermost first: what its content weighs so far. */
  private long[] sums = new long[64];

  private int depth;
  private int announced = -1;
  private long work;

  @Override
  @SuppressWarnings("rawtypes") // Kryo's signature
  public boolean useReferences(Class type) {
    Class<?> actual = type;
    return Scalar.of(actual) == null
        && !actual.isPrimitive()
        && !Enum.class.isAssignableFrom(actual);
  }

  /** From here to {@link #built} this object must not be met again. */
  void building(Object value) {
    unfinished.add(value);
  }

  void built() {
    unfinished.remove(unfinished.size() - 1);
  }

  @Override
  public int getWrittenId(Object value) {
    int id = super.getWrittenId(value);
    if (id >= 0) {
      for (Object outer : unfinished) {
        if (outer == value) {
          throw new CodecException(
              "value holds a %s that holds itself, and it can only be built after its content; refer back by an id, or use a class with fields of its own"
                  .formatted(value.getClass().getName()));
        }
      }
    }
    return id;
  }

  @Override
  @SuppressWarnings("rawtypes") // Kryo's signature
  public int nextReadId(Class type) {
    announced = super.nextReadId(type);
    return announced;
  }

  @Override
  @SuppressWarnings("rawtypes") // Kryo's signature
  public Object getReadObject(Class type, int id) {
    Object value = super.getReadObject(type, id);
    if (value == null) {
      throw new CodecException("value refers to an object before it is there; it is damaged");
    }
    long weight = weights[id];
    add(weight < 0 ? sums[(int) -weight] : weight);
    return value;
  }

  /** The object announced last is being read. */
  int enter() {
    int id = announced;
    announced = -1;
    depth++;
    if (depth == sums.length) {
      sums = Arrays.copyOf(sums, 2 * depth);
    }
    sums[depth] = 0;
    if (id >= 0) {
      if (id >= weights.length) {
        weights = Arrays.copyOf(weights, 2 * id);
      }
      weights[id] = -depth;
    }
    return id;
  }

  /** An object has been read: whether its hash code asks its content for theirs. */
  void leave(int id, boolean deep) {
    long weight = deep ? sums[depth] + 1 : 1;
    depth--;
    if (id >= 0) {
      weights[id] = weight;
    }
    add(weight);
  }

  /** What the object that is being read weighs so far: the nodes that its hash code visits. */
  long sum() {
    return sums[depth];
  }

  void add(long weight) {
    sums[depth] = Math.min(MOST, sums[depth] + weight);
  }

  /** An element of this weight is hashed. Shared ones count each time, as in hash codes. */
  void hash(long weight, int bytes) {
    work = Math.min(MOST, work + weight);
    if (work > FREE_WORK + WORK_PER_BYTE * bytes) {
      throw new CodecException(
          "value has hash tables of collections that hold one another so often that reading it takes too long; something else wrote it, or store lists instead");
    }
  }

  @Override
  public void reset() {
    super.reset();
    unfinished.clear();
    depth = 0;
    sums[0] = 0;
    announced = -1;
    work = 0;
  }
}
