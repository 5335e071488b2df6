// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.util.Arrays;

/**
 * Bytes in which no stated length may exceed what is left of them, nor all lengths together what
 * there is: each element has a byte of its own. May be given other bytes when these are read.
 */
final class BoundedInput extends Input {
  private static final int LARGEST_KEPT_CHARS = 16 * 1024;
  private static final byte[] NOTHING = {};

  private int unclaimed;

  BoundedInput(byte[] bytes, int offset) {
    give(bytes, offset);
  }

  /** From now on reads these bytes. */
  void give(byte[] bytes, int offset) {
    setBuffer(bytes, offset, bytes.length - offset);
    unclaimed = bytes.length - offset;
  }

  /** Lets go of the bytes, and of what memory a long text has taken. */
  void release() {
    give(NOTHING, 0);
    if (chars.length > LARGEST_KEPT_CHARS) {
      chars = new char[32];
    }
  }

  /** Passes over exactly these bytes, if they come next. */
  boolean skip(byte[] expected) {
    int end = position + expected.length;
    boolean comes =
        end <= limit && Arrays.equals(buffer, position, end, expected, 0, expected.length);
    if (comes) {
      position = end;
    }
    return comes;
  }

  /** A number of elements of at least one byte each. */
  int readLength() {
    return claimed(checked(readVarInt(true)));
  }

  /** A string that is there. */
  String readName() {
    String name = readString();
    if (name == null) {
      throw new KryoException("a name is missing");
    }
    return name;
  }

  @Override
  public int readVarIntFlag(boolean optimizePositive) {
    int length = super.readVarIntFlag(optimizePositive);
    claimed(Math.max(0, checked(length - 1))); // Kryo's strings state their length plus one
    return length;
  }

  @Override
  public byte[] readBytes(int length) {
    return super.readBytes(checked(length));
  }

  /** Fails unless all bytes were read: more are the sign of another format. */
  void expectEnd() {
    if (position() != limit()) {
      throw new KryoException((limit() - position()) + " bytes are left over");
    }
  }

  private int claimed(int length) {
    unclaimed -= length;
    if (unclaimed < 0) {
      throw new KryoException("the lengths together are larger than the bytes");
    }
    return length;
  }

  private int checked(int length) {
    if (length < -1 || length > limit() - position()) {
      throw new KryoException("a length is larger than the bytes that are left");
    }
    return length;
  }
}
