// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.Locale;

/** How payloads are made smaller. The numbers are part of the data in Redis: they never change. */
enum Compression {
  NONE(0),
  GZIP(1),
  LZ4(2),
  ZSTD(3);

  final int number;

  Compression(int number) {
    this.number = number;
  }

  /**
   * The compression of a setting's value, with its library at hand.
   *
   * @throws IllegalArgumentException if there is none of this name, or its library is missing
   */
  static Compression ofSetting(String name) {
    for (Compression compression : values()) {
      if (compression.name().toLowerCase(Locale.ROOT).equals(name)) {
        compression.expectLibrary();
        return compression;
      }
    }
    throw new IllegalArgumentException(
        "setting 'codec.compression' is '%s'; expected none, gzip, lz4 or zstd".formatted(name));
  }

  private void expectLibrary() {
    if (this == LZ4) {
      Libraries.expect(
          "codec.compression", "lz4", "net.jpountz.lz4.LZ4Factory", "at.yawk.lz4:lz4-java");
    } else if (this == ZSTD) {
      Libraries.expect(
          "codec.compression", "zstd", "com.github.luben.zstd.Zstd", "com.github.luben:zstd-jni");
    }
  }

  /** The compressed bytes; not for {@link #NONE}. */
  byte[] compress(byte[] payload, int offset, int length) {
    return switch (this) {
      case NONE -> throw new IllegalStateException("nothing to compress with");
      case GZIP -> Gzip.compress(payload, offset, length);
      case LZ4 -> Lz4.compress(payload, offset, length);
      case ZSTD -> Zstandard.compress(payload, offset, length);
    };
  }

  /**
   * The payload of exactly the stated size.
   *
   * @throws RuntimeException if the bytes make anything else
   */
  byte[] decompress(byte[] bytes, int offset, int size) {
    return switch (this) {
      case NONE -> throw new IllegalStateException("nothing to decompress");
      case GZIP -> Gzip.decompress(bytes, offset, size);
      case LZ4 -> Lz4.decompress(bytes, offset, size);
      case ZSTD -> Zstandard.decompress(bytes, offset, size);
    };
  }
}
