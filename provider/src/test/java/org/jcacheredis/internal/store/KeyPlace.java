// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.testkit.RedisProbe;

/** Entries that are string keys. */
record KeyPlace(RedisProbe probe, String namespace, String cache) implements Place {
  private KeyNames names() {
    return KeyNames.entries(namespace, cache);
  }

  @Override
  public Placing placing() {
    return new InKeys(names());
  }

  @Override
  public EntryStore store(Redis redis, Audience audience, int page) {
    return new KeysLayout(redis, names(), audience, page);
  }

  @Override
  public String notified() {
    return names().entries() + "*";
  }

  @Override
  public void set(EntryKey key, byte[] value, long lifetime) {
    probe.set(name(key), value);
    if (lifetime > 0) {
      probe.commandBytes(
          "PEXPIRE".getBytes(UTF_8), name(key), Long.toString(lifetime).getBytes(UTF_8));
    }
  }

  @Override
  public void drop(EntryKey key) {
    probe.del(name(key));
  }

  @Override
  public Stored stored(EntryKey key) {
    return Stored.at(probe, name(key));
  }

  @Override
  public long left(EntryKey key) {
    return probe.pttl(name(key));
  }

  @Override
  public byte[] shadow(EntryKey key) {
    return names().shadows().name(key);
  }

  private byte[] name(EntryKey key) {
    return names().entries().name(key);
  }
}
