// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.testkit.RedisProbe;
import org.jspecify.annotations.Nullable;

/** Entries that are fields of four hashes. */
record FieldPlace(RedisProbe probe, String namespace, String cache) implements Place {
  private static final int PARTITIONS = 4;
  private static final byte[] FIELDS = text("FIELDS");
  private static final byte[] ONE = text("1");

  HashNames names() {
    return HashNames.of(namespace, cache, PARTITIONS);
  }

  @Override
  public Placing placing() {
    return new InHashes(names());
  }

  @Override
  public EntryStore store(Redis redis, Audience audience, int page) {
    return new HashLayout(redis, names(), audience, page);
  }

  @Override
  public String notified() {
    return namespace + ":" + cache + "#*";
  }

  @Override
  public void set(EntryKey key, byte[] value, long lifetime) {
    run("HSET", key, key.bytes(), value);
    if (lifetime > 0) {
      run("HPEXPIRE", key, text(Long.toString(lifetime)), FIELDS, ONE, key.bytes());
    }
  }

  @Override
  public void drop(EntryKey key) {
    run("HDEL", key, key.bytes());
  }

  @Override
  public Stored stored(EntryKey key) {
    byte[] value = (byte[]) run("HGET", key, key.bytes());
    return value == null ? Stored.NOTHING : Stored.of(value, left(key));
  }

  @Override
  public long left(EntryKey key) {
    List<?> left = (List<?>) run("HPTTL", key, FIELDS, ONE, key.bytes());
    return (Long) left.get(0);
  }

  @Override
  public byte[] shadow(EntryKey key) {
    return names().shadow(key);
  }

  /**
   * Leaves a field whose lifetime is over and that the server has not deleted, if it does not look
   * for such by itself.
   */
  void die(EntryKey key) {
    drop(key);
    set(key, Corner.OLD, 1);
    long end = time() + 2;
    while (time() < end) {
      Thread.onSpinWait();
    }
  }

  /** Runs a test while the server does not look for fields whose lifetimes are over. */
  void unreaped(Runnable test) {
    probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    try {
      test.run();
    } finally {
      probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "1");
    }
  }

  /** The server's own clock, in milliseconds. */
  private long time() {
    List<?> parts = (List<?>) probe.commandBytes(text("TIME"));
    return number(parts.get(0)) * 1_000 + number(parts.get(1)) / 1_000;
  }

  private static long number(Object bulk) {
    return Long.parseLong(new String((byte[]) bulk, UTF_8));
  }

  private @Nullable Object run(String verb, EntryKey key, byte[]... arguments) {
    List<byte[]> words = new ArrayList<>(List.of(text(verb), names().name(key)));
    words.addAll(List.of(arguments));
    return probe.commandBytes(words.toArray(byte[][]::new));
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
