// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.cache.event.CacheEntryListenerException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.EntryStore.Page;
import org.jspecify.annotations.Nullable;

/**
 * {@code removeAll()}: where nobody has to know of each entry, as {@code clear()}; else it walks
 * over the keys and removes them as it goes, in chunks however few keys a page has, so that the
 * writer is asked for as many at a time as in any bulk call.
 */
final class Clearance<K, V> {
  private final CacheParts<K, V> parts;
  private final OperationRunner<K, V> runner;
  private @Nullable CacheEntryListenerException failure;

  Clearance(CacheParts<K, V> parts, OperationRunner<K, V> runner) {
    this.parts = parts;
    this.runner = runner;
  }

  void removeAll() {
    if (concernsNobody()) {
      parts.store().clear();
    } else {
      removeEach();
    }
  }

  /** Whether neither a writer nor a listener, in whichever JVM, nor statistics wait for entries. */
  private boolean concernsNobody() {
    return !parts.writer().isPresent()
        && !parts.statistics().isEnabled()
        && parts.events().areUnheard();
  }

  private void removeEach() {
    Set<K> found = new LinkedHashSet<>();
    Page page = null;
    do {
      page = parts.store().scan(page);
      found.addAll(readable(page.keys()));
      if (page.isLast() || found.size() >= parts.settings().bulkSize()) {
        remove(found);
        found.clear();
      }
    } while (!page.isLast());
    if (failure != null) {
      throw failure;
    }
  }

  /** A key that no codec of the cache can read is nobody's, or an error, as the setting says. */
  private List<K> readable(List<EntryKey> entries) {
    return entries.stream().map(parts.coding()::keyOrMiss).filter(Objects::nonNull).toList();
  }

  /** A failing listener does not keep the rest from being removed. */
  private void remove(Set<K> keys) {
    try {
      runner.removeAll(keys);
    } catch (CacheEntryListenerException e) {
      failure = failure == null ? e : failure;
    }
  }
}
