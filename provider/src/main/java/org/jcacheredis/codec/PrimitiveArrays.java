// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.io.Output;

/** Elements of primitive arrays, each in a fixed width, but ints and longs in a varying one. */
final class PrimitiveArrays {
  private PrimitiveArrays() {}

  static void write(Output out, Object array) {
    if (array instanceof int[] ints) {
      for (int i : ints) {
        out.writeVarInt(i, false);
      }
    } else if (array instanceof long[] longs) {
      for (long l : longs) {
        out.writeVarLong(l, false);
      }
    } else if (array instanceof double[] doubles) {
      for (double d : doubles) {
        out.writeDouble(d);
      }
    } else if (array instanceof float[] floats) {
      for (float f : floats) {
        out.writeFloat(f);
      }
    } else {
      writeSmall(out, array);
    }
  }

  private static void writeSmall(Output out, Object array) {
    if (array instanceof char[] chars) {
      for (char c : chars) {
        out.writeChar(c);
      }
    } else if (array instanceof short[] shorts) {
      for (short s : shorts) {
        out.writeShort(s);
      }
    } else {
      for (boolean b : (boolean[]) array) {
        out.writeBoolean(b);
      }
    }
  }

  static void read(BoundedInput in, Object array) {
    if (array instanceof int[] ints) {
      for (int i = 0; i < ints.length; i++) {
        ints[i] = in.readVarInt(false);
      }
    } else if (array instanceof long[] longs) {
      for (int i = 0; i < longs.length; i++) {
        longs[i] = in.readVarLong(false);
      }
    } else if (array instanceof double[] doubles) {
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = in.readDouble();
      }
    } else if (array instanceof float[] floats) {
      for (int i = 0; i < floats.length; i++) {
        floats[i] = in.readFloat();
      }
    } else {
      readSmall(in, array);
    }
  }

  private static void readSmall(BoundedInput in, Object array) {
    if (array instanceof char[] chars) {
      for (int i = 0; i < chars.length; i++) {
        chars[i] = in.readChar();
      }
    } else if (array instanceof short[] shorts) {
      for (int i = 0; i < shorts.length; i++) {
        shorts[i] = in.readShort();
      }
    } else {
      boolean[] booleans = (boolean[]) array;
      for (int i = 0; i < booleans.length; i++) {
        booleans[i] = in.readBoolean();
      }
    }
  }
}
