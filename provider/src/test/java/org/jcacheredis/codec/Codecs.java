// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

import java.util.List;

/** Codecs as tests want them. */
final class Codecs {
  static final int MEGABYTE = 1024 * 1024;

  private Codecs() {}

  static CodecSettings settings(String codec, String compression) {
    return new CodecSettings(codec, List.of(), compression, 64, MEGABYTE);
  }

  static EntryCodec open(CodecSettings settings) {
    return typed(settings, Object.class, Object.class);
  }

  static EntryCodec typed(CodecSettings settings, Class<?> keyType, Class<?> valueType) {
    return new EntryCodec(settings, keyType, valueType, Codecs.class.getClassLoader());
  }

  /** A kryo codec whose allow-list has the tests' own package. */
  static EntryCodec kryo() {
    return of("kryo");
  }

  static EntryCodec of(String codec) {
    return open(new CodecSettings(codec, List.of("org.jcacheredis.codec.*"), "none", 64, MEGABYTE));
  }

  /** A codec of declared keys. */
  static EntryCodec keys(Class<?> keyType) {
    return typed(settings("kryo", "none"), keyType, Object.class);
  }
}
