// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;

/**
 * Bytes in which no stated length may exceed what is left of them, nor all lengths together what
 * there is: each element has a byte of its own.
 */
final class BoundedInput extends Input {
  private int unclaimed;

  BoundedInput(byte[] bytes, int offset) {
    super(bytes, offset, bytes.length - offset);
    unclaimed = bytes.length - offset;
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
