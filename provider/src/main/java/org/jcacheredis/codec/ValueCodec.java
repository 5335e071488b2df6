// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.codec;

/**
 * Turns values into bytes and back; named by the setting {@code codec.name}. An implementation of
 * your own needs a public constructor without arguments and must be thread-safe; one instance
 * serves one cache. It need not care about nulls (there are none), compression or versions of the
 * envelope.
 */
public interface ValueCodec {
  /**
   * The payload for a value.
   *
   * @throws RuntimeException if the value cannot be encoded; nothing is stored then
   */
  byte[] encode(Object value);

  /**
   * The value of a payload that {@link #encode} made, perhaps in another JVM.
   *
   * @throws RuntimeException if the bytes make no value
   */
  Object decode(byte[] payload);
}
