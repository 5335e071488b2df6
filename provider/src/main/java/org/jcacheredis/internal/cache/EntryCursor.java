// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.cache.Cache;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.EntryStore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the entries of a cache, a page at a time: SCAN for the keys, one read for their
 * values. Each entry comes once; concurrent changes may be seen or not. Used by one thread.
 */
final class EntryCursor<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final CacheParts<K, V> parts;
  private final OperationRunner<K, V> runner;
  private final Consequences<K, V> consequences;
  private final Runnable openCheck;
  private final Set<EntryKey> returned = new HashSet<>();
  private final Deque<Found<K, V>> fetched = new ArrayDeque<>();
  private @Nullable Page page;
  private @Nullable Found<K, V> last;

  private record Found<K, V>(EntryKey entry, byte[] bytes, Snapshot<K, V> snapshot) {}

  EntryCursor(CacheParts<K, V> parts, OperationRunner<K, V> runner, Runnable openCheck) {
    this.parts = parts;
    this.runner = runner;
    this.consequences = new Consequences<>(parts);
    this.openCheck = openCheck;
  }

  @Override
  public boolean hasNext() {
    while (fetched.isEmpty() && (page == null || !page.isLast())) {
      openCheck.run();
      page = parts.store().scan(page);
      fetch(page.keys());
    }
    return !fetched.isEmpty();
  }

  private void fetch(List<EntryKey> keys) {
    List<EntryKey> fresh = new ArrayList<>(keys.size());
    for (EntryKey key : keys) {
      if (returned.add(key)) {
        fresh.add(key);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    List<byte @Nullable []> values = parts.store().readAll(fresh, Lifetimes.UNCHANGED);
    for (int i = 0; i < fresh.size(); i++) {
      EntryKey key = fresh.get(i);
      byte[] bytes = values.get(i);
      V value = parts.coding().valueOrMiss(key, bytes);
      if (bytes != null && value != null) {
        fetched.add(
            new Found<>(key, bytes, new Snapshot<>(parts.name(), parts.coding().key(key), value)));
      }
    }
  }

  /** Counts as an access of the entry, as {@code get} does. */
  @Override
  public Cache.Entry<K, V> next() {
    openCheck.run();
    long start = parts.nanos().getAsLong();
    if (!hasNext()) {
      throw new NoSuchElementException("cache '" + parts.name() + "': no more entries");
    }
    last = fetched.remove();
    consequences.access(last.snapshot.key(), last.entry, last.bytes);
    consequences.counted(Operation.ITERATE, Outcome.Kind.FOUND, parts.nanos().getAsLong() - start);
    return last.snapshot;
  }

  @Override
  public void remove() {
    openCheck.run();
    if (last == null) {
      throw new IllegalStateException(
          "cache '" + parts.name() + "': nothing to remove; call next() before remove()");
    }
    Found<K, V> doomed = last;
    last = null;
    runner.run(Request.remove(Operation.ITERATOR_REMOVE, doomed.snapshot.key(), doomed.entry));
  }

  /** An entry as it was when it was read. */
  private record Snapshot<K, V>(String cache, K key, V value) implements Cache.Entry<K, V> {
    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      if (type.isInstance(this)) {
        return type.cast(this);
      }
      throw new IllegalArgumentException(
          "cache '" + cache + "': an entry cannot be unwrapped to " + type.getName());
    }
  }
}
