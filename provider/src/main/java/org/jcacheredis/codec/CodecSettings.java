// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.List;

/**
 * What the configuration says of a cache's codec.
 *
 * @param codec {@code kryo}, {@code java}, {@code json}, {@code raw}, or the name of a class that
 *     implements {@link ValueCodec}
 * @param allow class name patterns ({@code com.acme.Order}, {@code com.acme.*}) allowed besides the
 *     declared types and the built-in list
 * @param compression {@code none}, {@code gzip}, {@code lz4} or {@code zstd}
 * @param compressionThreshold payloads of fewer bytes are never compressed
 * @param maxValueSize the most bytes of one stored value
 */
public record CodecSettings(
    String codec,
    List<String> allow,
    String compression,
    int compressionThreshold,
    int maxValueSize) {
  public CodecSettings {
    allow = List.copyOf(allow);
  }
}
