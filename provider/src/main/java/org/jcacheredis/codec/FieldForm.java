// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.IntStream;
import org.jcacheredis.codec.FieldShape.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Objects and records by named fields. The names come once per value and class, so that a class may
 * gain and lose fields while old values are still stored: a new field keeps its zero, a lost one is
 * skipped.
 */
final class FieldForm extends Forms.Form<Object> {
  private final FieldShape shape;

  /** The names of the fields as they are stored by this version of the class. */
  private final byte[] names;

  /** The places of these fields in the class. */
  private final int[] places;

  /** The zeros of the fields' types. */
  private final @Nullable Object[] zeros;

  FieldForm(FieldShape shape) {
    super(shape.canonical() != null);
    this.shape = shape;
    this.names = names(shape.slots());
    this.places = IntStream.range(0, shape.slots().size()).toArray();
    this.zeros = shape.slots().stream().map(FieldForm::zero).toArray();
  }

  private static byte[] names(List<Slot> slots) {
    Output out = new Output(64, -1);
    out.writeVarInt(slots.size(), true);
    for (Slot slot : slots) {
      out.writeString(slot.name());
    }
    return out.toBytes();
  }

  private static @Nullable Object zero(Slot slot) {
    return Array.get(Array.newInstance(slot.field().getType(), 1), 0);
  }

  @Override
  void put(Kryo kryo, Output out, Object value) {
    List<Slot> slots = shape.slots();
    if (!kryo.getGraphContext().containsKey(this)) {
      kryo.getGraphContext().put(this, this);
      out.writeBytes(names);
    }
    for (Slot slot : slots) {
      kryo.writeClassAndObject(out, slot.get(value));
    }
  }

  @Override
  Object get(Kryo kryo, BoundedInput in, Class<?> type) {
    int[] stored = (int[]) kryo.getGraphContext().get(this);
    if (stored == null) {
      stored = in.skip(names) ? places : readNames(in);
      kryo.getGraphContext().put(this, stored);
    }
    return shape.canonical() != null ? readRecord(kryo, in, stored) : readObject(kryo, in, stored);
  }

  @Override
  boolean afterContent() {
    return shape.canonical() != null;
  }

  @Override
  boolean hashesContent() {
    return shape.canonical() != null; // other classes answer for what they do in hashCode
  }

  /** For each stored field its place in the class, or -1. */
  private int[] readNames(BoundedInput in) {
    int[] stored = new int[in.readLength()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = place(in.readName());
    }
    return stored;
  }

  private int place(String name) {
    for (int i = 0; i < shape.slots().size(); i++) {
      if (shape.slots().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private Object readObject(Kryo kryo, BoundedInput in, int[] stored) {
    Object result = shape.allocate();
    kryo.reference(result);
    for (int place : stored) {
      Object value = kryo.readClassAndObject(in);
      if (place >= 0) {
        shape.slots().get(place).set(result, value);
      }
    }
    return result;
  }

  private Object readRecord(Kryo kryo, BoundedInput in, int[] stored) {
    @Nullable Object[] components = zeros.clone(); // for components younger than the value
    for (int place : stored) {
      Object value = kryo.readClassAndObject(in);
      if (place >= 0) {
        components[place] = value;
      }
    }
    return shape.construct(components);
  }
}
