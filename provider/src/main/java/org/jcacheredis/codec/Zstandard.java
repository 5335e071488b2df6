// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Zstandard frames; loaded only where the setting or stored bytes ask for it. */
final class Zstandard {
  private static final int LEVEL = 3;
  private static final long USUAL_PER_BYTE = 64;
  // as a power of two; the level above uses 21
  private static final int LARGEST_WINDOW = 23;

  private Zstandard() {}

  static byte[] compress(byte[] payload, int offset, int length) {
    byte[] bytes = new byte[Math.toIntExact(Zstd.compressBound(length))];
    long size = Zstd.compressByteArray(bytes, 0, bytes.length, payload, offset, length, LEVEL);
    return Arrays.copyOf(bytes, Math.toIntExact(checked(size)));
  }

  static byte[] decompress(byte[] bytes, int offset, int size) {
    int stored = bytes.length - offset;
    if (size > USUAL_PER_BYTE * stored) { // may be untrue: memory is taken as data arrives
      return stream(new ByteArrayInputStream(bytes, offset, stored), size);
    }
    byte[] payload = new byte[size];
    long length = Zstd.decompressByteArray(payload, 0, size, bytes, offset, stored);
    if (checked(length) != size) {
      throw new IllegalArgumentException("another size than stated");
    }
    return payload;
  }

  private static byte[] stream(InputStream bytes, int size) {
    try (ZstdInputStream in = new ZstdInputStream(bytes).setLongMax(LARGEST_WINDOW)) {
      byte[] payload = in.readNBytes(size);
      if (payload.length != size || in.read() >= 0) {
        throw new IOException("another size than stated");
      }
      return payload;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long checked(long result) {
    if (Zstd.isError(result)) {
      throw new IllegalArgumentException(Zstd.getErrorName(result));
    }
    return result;
  }
}
