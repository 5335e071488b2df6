// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A key in its canonical bytes. Equal keys have equal bytes in every JVM. Immutable by convention.
 */
public final class EntryKey implements Comparable<EntryKey> {
  private static final int LONGEST_SHOWN = 100;

  private final byte[] bytes;
  private final int hash;

  public EntryKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The bytes themselves, not a copy: never to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The number of its bytes. */
  public int size() {
    return bytes.length;
  }

  /** Bytes order: what takes several locks takes them in this order. */
  @Override
  public int compareTo(EntryKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryKey that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** For messages: readable, on one line, of bounded length. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, LONGEST_SHOWN);
    String text = new String(bytes, 0, shown, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    return shown < bytes.length ? text + "... (" + bytes.length + " bytes)" : text;
  }
}
