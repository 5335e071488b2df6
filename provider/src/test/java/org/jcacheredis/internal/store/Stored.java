// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Arrays;
import org.jcacheredis.testkit.RedisProbe;
import org.jspecify.annotations.Nullable;

/**
 * What the server holds under a key.
 *
 * @param value the bytes as text; null if there are none
 * @param lifetime rounded up to the half minute; -1 eternal, -2 absent
 */
record Stored(@Nullable String value, long lifetime) {
  static final Stored NOTHING = new Stored(null, -2);
  private static final long STEP = 30_000;

  static Stored at(RedisProbe probe, byte[] key) {
    byte[] value = probe.get(key);
    return value == null ? NOTHING : of(value, probe.pttl(key));
  }

  static Stored of(byte[] value, long pttl) {
    return new Stored(Arrays.toString(value), pttl < 0 ? pttl : (pttl + STEP - 1) / STEP * STEP);
  }

  /** What the shadow of an entry with this value has to be. */
  static byte[] shadowOf(byte[] value) {
    byte[] shadow = new byte[value.length + 1];
    shadow[0] = 'v';
    System.arraycopy(value, 0, shadow, 1, value.length);
    return shadow;
  }
}
