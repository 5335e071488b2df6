// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * The names of a cache's keys in Redis: {@code <namespace>:<cache>:<key>}. In the cache's name, all
 * that would confuse parsing, globbing or hash tags is percent-encoded, so that two caches never
 * share a key and {@code <prefix>*} matches this cache exactly. Immutable.
 */
public final class Keyspace {
  private static final String ENCODED = ":%#!{}*?[]\\";
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private final byte[] prefix;

  private Keyspace(String prefix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  /** Where the entries are. */
  public static Keyspace entries(String namespace, String cache) {
    return new Keyspace(prefix(namespace, cache) + ":");
  }

  /** Where the provider keeps what is no entry, such as leases; no entry can have such a name. */
  public static Keyspace aside(String namespace, String cache, String purpose) {
    return new Keyspace(prefix(namespace, cache) + "!" + purpose + ":");
  }

  /** What all names of a cache begin with; a character that no cache's name has must follow. */
  static String prefix(String namespace, String cache) {
    return namespace + ":" + encoded(cache);
  }

  /** The name of an entry's key in Redis. */
  byte[] name(EntryKey key) {
    byte[] name = Arrays.copyOf(prefix, prefix.length + key.bytes().length);
    System.arraycopy(key.bytes(), 0, name, prefix.length, key.bytes().length);
    return name;
  }

  /** How many bytes of every {@link #name} stand before the entry's own key. */
  int prefixSize() {
    return prefix.length;
  }

  /** The way back from {@link #name}. */
  EntryKey key(byte[] name) {
    return new EntryKey(Arrays.copyOfRange(name, prefix.length, name.length));
  }

  /** What SCAN's MATCH is given. */
  byte[] pattern() {
    byte[] pattern = Arrays.copyOf(prefix, prefix.length + 1);
    pattern[prefix.length] = '*';
    return pattern;
  }

  @Override
  public String toString() {
    return new String(prefix, StandardCharsets.UTF_8);
  }

  private static String encoded(String cache) {
    StringBuilder name = new StringBuilder(cache.length());
    cache
        .codePoints()
        .forEach(
            c -> {
              if (ENCODED.indexOf(c) >= 0 || !isPrintable(c)) {
                percent(name, c);
              } else {
                name.appendCodePoint(c);
              }
            });
    return name.toString();
  }

  /**
   * A fixed rule: Unicode's own categories change with the Java version, and so would the names.
   */
  private static boolean isPrintable(int c) {
    return c >= ' ' && (c < DELETE || c > LAST_CONTROL) && !isSurrogate(c);
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static void percent(StringBuilder name, int c) {
    if (isSurrogate(c)) {
      // half a pair has no UTF-8 form; %u cannot be mistaken for the encoding of a byte
      name.append("%u").append(HexFormat.of().withUpperCase().toHexDigits((char) c));
      return;
    }
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
  }
}
