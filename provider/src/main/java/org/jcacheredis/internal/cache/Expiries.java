// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * Entries that have expired, and whose values are awaited: the server's notification has none, an
 * announcement of who finds it follows. If none comes, or something else of the key comes first,
 * the end is told without the value; never twice. Thread-safe.
 */
final class Expiries {
  /** How long a value may take to be announced. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

  /** How long an announcement that is too late is known as such. */
  private static final long MEMORY = TimeUnit.SECONDS.toNanos(10);

  private final Map<EntryKey, Long> awaited = new HashMap<>();
  private final Map<EntryKey, Long> told = new HashMap<>();
  private final LongSupplier nanos;
  private final Consumer<EntryKey> tellingWithoutValue;

  /**
   * Nothing has expired yet.
   *
   * @param tellingWithoutValue is told of ends whose values are not known, in an order with all
   *     other calls for the key; must not block
   */
  Expiries(LongSupplier nanos, Consumer<EntryKey> tellingWithoutValue) {
    this.nanos = nanos;
    this.tellingWithoutValue = tellingWithoutValue;
  }

  /** An entry has expired. */
  synchronized void began(EntryKey key) {
    told.remove(key);
    awaited.put(key, nanos.getAsLong());
  }

  /** An announcement has the value; false if the end was told without it already. */
  synchronized boolean known(EntryKey key) {
    awaited.remove(key);
    return told.remove(key) == null;
  }

  /** No value will come, or it would come too late. */
  synchronized void overtaken(EntryKey key) {
    if (awaited.remove(key) != null) {
      told.put(key, nanos.getAsLong());
      tellingWithoutValue.accept(key);
    }
  }

  /** Gives up what is overdue. */
  synchronized void sweep() {
    long now = nanos.getAsLong();
    awaited.entrySet().stream()
        .filter(each -> now - each.getValue() > PATIENCE)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::overtaken);
    told.values().removeIf(since -> now - since > MEMORY);
  }

  synchronized void clear() {
    awaited.clear();
    told.clear();
  }
}
