// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;

/** Zstandard frames; loaded only where the setting or stored bytes ask for it. */
final class Zstandard {
  private static final int LEVEL = 3;

  private Zstandard() {}

  static byte[] compress(byte[] payload, int offset, int length) {
    byte[] bytes = new byte[Math.toIntExact(Zstd.compressBound(length))];
    long size = Zstd.compressByteArray(bytes, 0, bytes.length, payload, offset, length, LEVEL);
    return Arrays.copyOf(bytes, Math.toIntExact(checked(size)));
  }

  static byte[] decompress(byte[] bytes, int offset, int size) {
    byte[] payload = new byte[size];
    long length = Zstd.decompressByteArray(payload, 0, size, bytes, offset, bytes.length - offset);
    if (checked(length) != size) {
      throw new IllegalArgumentException("another size than stated");
    }
    return payload;
  }

  private static long checked(long result) {
    if (Zstd.isError(result)) {
      throw new IllegalArgumentException(Zstd.getErrorName(result));
    }
    return result;
  }
}
