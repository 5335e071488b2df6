// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jcacheredis.internal.cache.OperationRunner.Loaded;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.integration.Loader;
import org.jcacheredis.internal.store.Chunks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code loadAll}: asks the loader in the background, stores what it gives, then says so. */
final class BulkLoading<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(BulkLoading.class);

  private final CacheParts<K, V> parts;
  private final OperationRunner<K, V> runner;
  private final @Nullable Loader<K, V> loader;

  BulkLoading(CacheParts<K, V> parts, OperationRunner<K, V> runner, @Nullable Loader<K, V> loader) {
    this.parts = parts;
    this.runner = runner;
    this.loader = loader;
  }

  /**
   * Loads in the background; the keys are copied before this returns.
   *
   * @throws CacheException if too many such calls are at work already, or the manager is closing
   */
  void loadAll(
      Set<? extends K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
    Set<K> wanted = new LinkedHashSet<>();
    for (K key : keys) {
      parts.coding().key(key);
      wanted.add(key);
    }
    if (loader == null) {
      completed(listener);
      return;
    }
    Loaded over = replaceExisting ? Loaded.REPLACING : Loaded.IF_ABSENT;
    try {
      parts.background().execute(() -> load(loader, wanted, over, listener));
    } catch (RejectedExecutionException e) {
      throw new CacheException(
          "cache '%s': nothing was loaded; %s".formatted(parts.name(), e.getMessage()), e);
    }
  }

  private void load(
      Loader<K, V> source, Set<K> keys, Loaded over, @Nullable CompletionListener listener) {
    try {
      Set<K> missing = over == Loaded.REPLACING ? keys : absent(keys);
      List<Request<K, V>> requests = new ArrayList<>(missing.size());
      if (!missing.isEmpty()) {
        Map<K, V> loaded = source.loadAll(missing);
        loaded.forEach((key, value) -> requests.add(runner.loaded(key, value, over)));
      }
      runner.storeLoaded(requests);
    } catch (RuntimeException e) {
      failed(listener, e);
      return;
    } catch (Error e) {
      failed(listener, new CacheLoaderException("the CacheLoader failed: " + e, e));
      throw e;
    }
    completed(listener);
  }

  private Set<K> absent(Set<K> keys) {
    List<EntryKey> entries = new ArrayList<>(keys.size());
    keys.forEach(key -> entries.add(parts.coding().key(key)));
    Set<EntryKey> present = new HashSet<>();
    for (List<EntryKey> chunk : Chunks.of(entries, parts.settings().bulkSize())) {
      present.addAll(parts.store().present(chunk));
    }
    Set<K> absent = new LinkedHashSet<>();
    int at = 0;
    for (K key : keys) {
      if (!present.contains(entries.get(at++))) {
        absent.add(key);
      }
    }
    return absent;
  }

  private static void completed(@Nullable CompletionListener listener) {
    if (listener != null) {
      listener.onCompletion();
    }
  }

  private void failed(@Nullable CompletionListener listener, RuntimeException e) {
    if (listener == null) {
      LOG.warn("cache '{}': loadAll failed, and nobody listens: {}", parts.name(), e, e);
    } else {
      listener.onException(e);
    }
  }
}
