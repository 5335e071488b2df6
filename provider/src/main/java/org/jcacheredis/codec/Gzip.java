// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's gzip. */
final class Gzip {
  private Gzip() {}

  static byte[] compress(byte[] payload, int offset, int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(payload, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
    return bytes.toByteArray();
  }

  static byte[] decompress(byte[] bytes, int offset, int size) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
      byte[] payload = in.readNBytes(size);
      if (payload.length != size || in.read() >= 0) {
        throw new IOException("another size than stated");
      }
      return payload;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
