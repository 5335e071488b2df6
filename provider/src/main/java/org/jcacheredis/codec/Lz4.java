// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** LZ4 blocks; loaded only where the setting or stored bytes ask for it. */
final class Lz4 {
  private static final long MOST_PER_BYTE = 255;
  private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();

  private Lz4() {}

  static byte[] compress(byte[] payload, int offset, int length) {
    LZ4Compressor compressor = FACTORY.fastCompressor();
    byte[] bytes = new byte[compressor.maxCompressedLength(length)];
    return Arrays.copyOf(
        bytes, compressor.compress(payload, offset, length, bytes, 0, bytes.length));
  }

  static byte[] decompress(byte[] bytes, int offset, int size) {
    if (size > MOST_PER_BYTE * (bytes.length - offset)) { // seen before so much is allocated
      throw new IllegalArgumentException("a larger size than the bytes can make");
    }
    byte[] payload = new byte[size];
    int length =
        FACTORY
            .safeDecompressor()
            .decompress(bytes, offset, bytes.length - offset, payload, 0, size);
    if (length != size) {
      throw new IllegalArgumentException("another size than stated");
    }
    return payload;
  }
}
