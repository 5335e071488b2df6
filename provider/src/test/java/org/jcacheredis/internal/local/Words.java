// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.settings.CacheSettings.AccessExpiry;
import org.jcacheredis.internal.store.TimedValue;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values for tests. Strings are simple keys and shareable values; lists of strings are
 * keys that are not simple, builders of strings values that are not shareable.
 */
final class Words implements Content<Object, Object> {
  static final String NOBODYS_KEY = "?";

  /** What a tier has lost. */
  static final class Losses implements Tally {
    final AtomicLong evicted = new AtomicLong();
    final AtomicLong invalidated = new AtomicLong();

    @Override
    public void evicted() {
      evicted.incrementAndGet();
    }

    @Override
    public void invalidated(long entries) {
      invalidated.addAndGet(entries);
    }
  }

  static CacheSettings.Local settings(int maxEntries, @Nullable Long maxWeight) {
    return new CacheSettings.Local(
        true,
        maxEntries,
        maxWeight,
        Duration.ofMinutes(10),
        Duration.ofSeconds(2),
        List.of(),
        AccessExpiry.WARN);
  }

  static TimedValue bytes(Object value, long remaining) {
    String kind = value instanceof String ? "s" : "b";
    return new TimedValue((kind + value).getBytes(UTF_8), remaining);
  }

  @Override
  public boolean isSimple(Object key) {
    return key instanceof String;
  }

  @Override
  public @Nullable Object simple(EntryKey entry) {
    String text = new String(entry.bytes(), UTF_8);
    return text.startsWith("s") && !text.endsWith(NOBODYS_KEY) ? text.substring(1) : null;
  }

  @Override
  public EntryKey entry(Object key) {
    return new EntryKey(((key instanceof String ? "s" : "l") + key).getBytes(UTF_8));
  }

  @Override
  public boolean isShareable(Object value) {
    return value instanceof String;
  }

  @Override
  public Object decode(EntryKey entry, byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return text.startsWith("s") ? text.substring(1) : new StringBuilder(text.substring(1));
  }
}
