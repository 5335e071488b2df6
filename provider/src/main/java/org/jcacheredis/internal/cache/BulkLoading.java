// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code loadAll}: asks the loader in the background, stores what it gives, then says so. */
final class BulkLoading<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(BulkLoading.class);

  private final CacheParts<K, V> parts;
  private final OperationRunner<K, V> runner;
  private final @Nullable Loader<K, V> loader;
  private final Runnable openCheck;

  /**
   * The loading of one cache.
   *
   * @param openCheck throws when the cache is closed, and so is the loader
   */
  BulkLoading(
      CacheParts<K, V> parts,
      OperationRunner<K, V> runner,
      @Nullable Loader<K, V> loader,
      Runnable openCheck) {
    this.parts = parts;
    this.runner = runner;
    this.loader = loader;
    this.openCheck = openCheck;
  }

  /**
   * Loads in the background, chunk by chunk; the keys are copied before this returns. What was
   * loaded before a failure stays; that the cache is closed meanwhile is one.
   *
   * @throws CacheException if too many such calls are at work already, or the manager is closing
   */
  void loadAll(
      Set<? extends K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
    Map<EntryKey, K> wanted = new LinkedHashMap<>();
    keys.forEach(key -> wanted.put(parts.coding().key(key), key));
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
      Loader<K, V> source,
      Map<EntryKey, K> keys,
      Loaded over,
      @Nullable CompletionListener listener) {
    try {
      for (List<EntryKey> chunk : parts.chunks().ofKeys(List.copyOf(keys.keySet()))) {
        Map<EntryKey, K> wanted = new LinkedHashMap<>();
        chunk.forEach(entry -> wanted.put(entry, keys.get(entry)));
        if (over == Loaded.IF_ABSENT) {
          wanted.keySet().removeAll(parts.store().present(chunk));
        }
        load(source, new LinkedHashSet<>(wanted.values()), over);
      }
    } catch (RuntimeException e) {
      failed(listener, e);
      return;
    } catch (Error e) {
      failed(listener, new CacheLoaderException("the CacheLoader failed: " + e, e));
      throw e;
    }
    completed(listener);
  }

  private void load(Loader<K, V> source, Set<K> chunk, Loaded over) {
    if (chunk.isEmpty()) {
      return;
    }
    openCheck.run();
    List<Request<K, V>> requests = new ArrayList<>(chunk.size());
    source.loadAll(chunk).forEach((key, value) -> requests.add(runner.loaded(key, value, over)));
    openCheck.run();
    runner.storeLoaded(requests);
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
