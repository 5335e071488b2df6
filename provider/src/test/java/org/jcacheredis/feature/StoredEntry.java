// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jcacheredis.testkit.RedisProbe;

/**
 * An entry as it lies in the server, in the layout that is noted beside its cache: {@code keys} if
 * none is. The cache exists and declares {@code String} keys.
 */
public final class StoredEntry {
  private static final String HASH = "hash:";

  private final RedisProbe probe;
  private final String key;
  private final List<byte[]> field;

  StoredEntry(RedisProbe probe, String prefix, String key) {
    this.probe = probe;
    String layout = probe.get(prefix + "!layout");
    boolean inHash = layout != null && layout.startsWith(HASH);
    this.key =
        inHash
            ? prefix + "#" + partition(key, Integer.parseInt(layout.substring(HASH.length())))
            : prefix + ":" + key;
    this.field = inHash ? List.of(key.getBytes(UTF_8)) : List.of();
  }

  private static long partition(String key, int partitions) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(UTF_8));
    return crc.getValue() % partitions;
  }

  /** The key in Redis that holds it, alone or among others. */
  public String key() {
    return key;
  }

  /** The bytes of its value, null when absent. */
  public byte[] bytes() {
    return (byte[]) command("GET", "HGET");
  }

  /** The value as UTF-8, null when absent. */
  public String text() {
    byte[] bytes = bytes();
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  /** Whether it is there. */
  public boolean exists() {
    return Long.valueOf(1).equals(command("EXISTS", "HEXISTS"));
  }

  /** The remaining lifetime in milliseconds, -1 for none, -2 for an absent entry. */
  public long lifetime() {
    Object reply = field.isEmpty() ? probe.pttl(key) : ofField("HPTTL").get(0);
    return (Long) reply;
  }

  /** Gives it a lifetime, past the cache. */
  public void expireAfter(long millis) {
    if (field.isEmpty()) {
      probe.command("PEXPIRE", key, Long.toString(millis));
    } else {
      ofField("HPEXPIRE", Long.toString(millis));
    }
  }

  /** Puts bytes in its place, without a lifetime. */
  public void plant(byte[] bytes) {
    command("SET", "HSET", bytes);
  }

  private Object command(String ofKey, String ofField, byte[]... arguments) {
    List<byte[]> words = new ArrayList<>();
    words.add((field.isEmpty() ? ofKey : ofField).getBytes(UTF_8));
    words.add(key.getBytes(UTF_8));
    words.addAll(field);
    words.addAll(List.of(arguments));
    return probe.commandBytes(words.toArray(byte[][]::new));
  }

  private List<?> ofField(String command, String... arguments) {
    List<byte[]> words = new ArrayList<>();
    words.add(command.getBytes(UTF_8));
    words.add(key.getBytes(UTF_8));
    for (String argument : arguments) {
      words.add(argument.getBytes(UTF_8));
    }
    words.add("FIELDS".getBytes(UTF_8));
    words.add("1".getBytes(UTF_8));
    words.addAll(field);
    // a key that is not there may have no list at all
    return probe.commandBytes(words.toArray(byte[][]::new)) instanceof List<?> list
        ? list
        : List.of(-2L);
  }
}
