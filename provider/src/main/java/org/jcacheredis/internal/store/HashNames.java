// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * The names of a cache's partitions in Redis, {@code <namespace>:<cache>#<p>}, and which of them an
 * entry is in: the low bits of the CRC-32 (the one of zlib and gzip) of its key's canonical bytes.
 * Both are fixed for the life of a cache. Immutable.
 */
public final class HashNames {
  private static final String SHADOW = "!shadow{";

  private final byte[][] partitions;
  private final byte[][] shadows;

  private HashNames(byte[][] partitions, byte[][] shadows) {
    this.partitions = partitions;
    this.shadows = shadows;
  }

  /**
   * The names of a cache's entries.
   *
   * @param partitions how many hashes there are, a power of two
   */
  public static HashNames of(String namespace, String cache, int partitions) {
    if (Integer.bitCount(partitions) != 1) {
      throw new IllegalArgumentException(partitions + " is no power of two");
    }
    String prefix = Keyspace.prefix(namespace, cache);
    byte[][] names = new byte[partitions][];
    byte[][] shadows = new byte[partitions][];
    for (int p = 0; p < partitions; p++) {
      String name = prefix + "#" + p;
      names[p] = name.getBytes(StandardCharsets.UTF_8);
      // the braces make a cluster keep a shadow where its entry is
      shadows[p] = (prefix + SHADOW + name + "}:").getBytes(StandardCharsets.UTF_8);
    }
    return new HashNames(names, shadows);
  }

  /** How many partitions there are. */
  public int partitions() {
    return partitions.length;
  }

  /** The number of the partition that an entry is in. */
  int partition(EntryKey key) {
    CRC32 crc = new CRC32();
    crc.update(key.bytes());
    return (int) crc.getValue() & (partitions.length - 1);
  }

  /** The key of a partition, a hash. */
  byte[] name(int partition) {
    return partitions[partition];
  }

  /** The key of the partition that an entry is in; the entry's field is its key's bytes. */
  byte[] name(EntryKey key) {
    return partitions[partition(key)];
  }

  /** The key of an entry's shadow, of the same slot as the entry. */
  byte[] shadow(EntryKey key) {
    byte[] prefix = shadows[partition(key)];
    byte[] name = Arrays.copyOf(prefix, prefix.length + key.size());
    System.arraycopy(key.bytes(), 0, name, prefix.length, key.size());
    return name;
  }
}
