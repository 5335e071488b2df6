// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the entries of a cache, a page at a time; the page behind the one that is consumed
 * is fetched meanwhile. Each entry comes once; concurrent changes may be seen or not. Where
 * undecodable bytes are no miss, {@code next} throws for that one entry and the iteration can go on
 * behind it. Used by one thread.
 */
final class EntryCursor<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final CacheParts<K, V> parts;
  private final OperationRunner<K, V> runner;
  private final Consequences<K, V> consequences;
  private final Runnable openCheck;
  private final Pages pages;
  private final Deque<Found<K, V>> fetched = new ArrayDeque<>();
  private @Nullable Returned<K> last;

  private record Found<K, V>(EntryKey entry, byte[] bytes, Supplier<Snapshot<K, V>> snapshot) {}

  private record Returned<K>(EntryKey entry, K key) {}

  EntryCursor(CacheParts<K, V> parts, OperationRunner<K, V> runner, Runnable openCheck) {
    this.parts = parts;
    this.runner = runner;
    this.consequences = new Consequences<>(parts);
    this.openCheck = openCheck;
    this.pages = new Pages(parts.store(), parts.ahead(), openCheck);
  }

  @Override
  public boolean hasNext() {
    while (fetched.isEmpty() && pages.hasNext()) {
      openCheck.run();
      pages.next().forEach(each -> add(each.key(), each.bytes()));
    }
    return !fetched.isEmpty();
  }

  private void add(EntryKey entry, byte[] bytes) {
    if (!parts.coding().passesOverUndecodable()) {
      fetched.add(new Found<>(entry, bytes, () -> Objects.requireNonNull(snapshot(entry, bytes))));
      return;
    }
    Snapshot<K, V> snapshot = snapshot(entry, bytes);
    if (snapshot != null) { // known now, as hasNext() promises an entry
      fetched.add(new Found<>(entry, bytes, () -> snapshot));
    }
  }

  private @Nullable Snapshot<K, V> snapshot(EntryKey entry, byte[] bytes) {
    K key = parts.coding().keyOrMiss(entry);
    V value = key == null ? null : parts.coding().valueOrMiss(entry, bytes);
    return key == null || value == null ? null : new Snapshot<>(parts.name(), key, value);
  }

  /** Counts as an access of the entry, as {@code get} does. */
  @Override
  public Cache.Entry<K, V> next() {
    openCheck.run();
    long start = parts.nanos().getAsLong();
    if (!hasNext()) {
      throw new NoSuchElementException("cache '" + parts.name() + "': no more entries");
    }
    last = null; // so that remove() behind an entry that cannot be read does not take another
    pages.fetchAhead();
    Found<K, V> found = fetched.remove();
    Snapshot<K, V> snapshot = found.snapshot.get();
    last = new Returned<>(found.entry, snapshot.key());
    consequences.access(snapshot.key(), found.entry, found.bytes);
    consequences.counted(Operation.ITERATE, Outcome.Kind.FOUND, parts.nanos().getAsLong() - start);
    return snapshot;
  }

  @Override
  public void remove() {
    openCheck.run();
    if (last == null) {
      throw new IllegalStateException(
          "cache '" + parts.name() + "': nothing to remove; call next() before remove()");
    }
    Returned<K> doomed = last;
    last = null;
    runner.run(Request.remove(Operation.ITERATOR_REMOVE, doomed.key, doomed.entry));
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
