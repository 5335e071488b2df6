// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcacheredis.RedisCache;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Operation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jspecify.annotations.Nullable;

/** The cache: each method checks, encodes, has the operation run, decodes. */
public final class StoredCache<K, V> implements RedisCache<K, V> {
  private final CacheParts<K, V> parts;
  private final @Nullable LocalTier<K, V> local;
  private final CacheStatistics statistics;
  private final CacheLifecycle<K, V> lifecycle;
  private final OperationRunner<K, V> runner;
  private final EntryReader<K, V> reader;
  private final EntryProcessing<K, V> processing;
  private final BulkProcessing<K, V> bulkProcessing;
  private final BulkLoading<K, V> loading;

  StoredCache(CacheAssembly.Wiring<K, V> wiring) {
    this.parts = wiring.parts();
    this.local = parts.local();
    this.statistics = parts.statistics();
    this.lifecycle = wiring.lifecycle();
    this.runner = wiring.runner();
    this.reader = wiring.reader();
    this.processing = wiring.processing();
    this.bulkProcessing = wiring.bulkProcessing();
    this.loading = wiring.loading();
  }

  /** What the manager has to do with a cache beyond its public methods. */
  public CacheLifecycle<K, V> lifecycle() {
    return lifecycle;
  }

  @Override
  public @Nullable V get(K key) {
    V hit = quick(key);
    if (hit != null) {
      return hit;
    }
    check(key, "key");
    return reader.get(key);
  }

  /**
   * A hit of the local tier in as few steps as can be; null where there is more to do. Whether the
   * cache is closed is not asked: its tier is closed with it.
   */
  private @Nullable V quick(K key) {
    return local == null || key == null || statistics.isEnabled() ? null : local.get(key);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    check(keys, "keys");
    return reader.getAll(keys);
  }

  @Override
  public boolean containsKey(K key) {
    check(key, "key");
    return reader.contains(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    check(keys, "keys");
    loading.loadAll(keys, replaceExistingValues, listener);
  }

  @Override
  public void put(K key, V value) {
    runner.run(store(Operation.PUT, key, value));
  }

  @Override
  public void put(K key, V value, Duration ttl) {
    Request<K, V> request = store(Operation.PUT, key, value);
    check(ttl, "ttl");
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException(
          "cache '" + parts.name() + "': ttl is '" + ttl + "'; expected a positive duration");
    }
    runner.run(request.living(Lifetimes.of(Lifetimes.millis(ttl))));
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    return previous(store(Operation.GET_AND_PUT, key, value));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    check(map, "map");
    runner.storeAll(map);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    Request<K, V> request = store(Operation.PUT_IF_ABSENT, key, value);
    return runner.run(request.with(request.mutation().ifAbsent())).isDone();
  }

  @Override
  public boolean remove(K key) {
    return runner.run(removal(Operation.REMOVE, key)).isDone();
  }

  @Override
  public boolean remove(K key, V oldValue) {
    Request<K, V> request = removal(Operation.REMOVE_IF_EQUAL, key);
    check(oldValue, "old value");
    return runner.run(request.ifEqual(oldValue, parts.coding().value(oldValue))).isDone();
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    return previous(removal(Operation.GET_AND_REMOVE, key));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    lifecycle.checkOpen();
    Request<K, V> request = store(Operation.REPLACE_IF_EQUAL, key, newValue);
    check(oldValue, "old value");
    return runner.run(request.ifEqual(oldValue, parts.coding().value(oldValue))).isDone();
  }

  @Override
  public boolean replace(K key, V value) {
    Request<K, V> request = store(Operation.REPLACE, key, value);
    return runner.run(request.with(request.mutation().ifPresent())).isDone();
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    Request<K, V> request = store(Operation.GET_AND_REPLACE, key, value);
    return previous(request.with(request.mutation().ifPresent()));
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    check(keys, "keys");
    runner.removeAll(keys);
  }

  /**
   * As many round trips as {@link #clear}, where nobody has to know of each entry; else a scan, one
   * a page, and one more for each chunk of entries.
   */
  @Override
  public void removeAll() {
    lifecycle.checkOpen();
    new Clearance<>(parts, runner).removeAll();
  }

  /** No listener hears of it, no writer is called; as many round trips as the layout takes. */
  @Override
  public void clear() {
    lifecycle.checkOpen();
    parts.store().clear();
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    LiveConfiguration<K, V> configuration = lifecycle.configuration();
    if (type.isInstance(configuration)) {
      return type.cast(configuration);
    }
    throw new IllegalArgumentException(
        "cache '%s': its configuration is no %s; ask for CompleteConfiguration"
            .formatted(parts.name(), type.getName()));
  }

  @Override
  public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    check(key, "key");
    check(processor, "entry processor");
    return processing.invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    check(keys, "keys");
    check(processor, "entry processor");
    return bulkProcessing.invokeAll(keys, processor, arguments);
  }

  @Override
  public Optional<Duration> remainingTtl(K key) {
    check(key, "key");
    Long millis = parts.store().remaining(parts.coding().key(key));
    return Optional.ofNullable(millis)
        .map(left -> left == Lifetimes.ETERNAL ? ETERNAL : Duration.ofMillis(left));
  }

  @Override
  public long size() {
    lifecycle.checkOpen();
    return parts.store().size();
  }

  @Override
  public long undecodableReads() {
    return parts.coding().undecodableReads();
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    lifecycle.checkOpen();
    return new EntryCursor<>(parts, runner, lifecycle::checkOpen);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    check(configuration, "listener configuration");
    parts.events().register(configuration);
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
    check(configuration, "listener configuration");
    parts.events().deregister(configuration);
  }

  @Override
  public String getName() {
    return parts.name();
  }

  @Override
  public CacheManager getCacheManager() {
    return lifecycle.manager();
  }

  @Override
  public void close() {
    lifecycle.close();
  }

  @Override
  public boolean isClosed() {
    return lifecycle.isClosed();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : lifecycle.unwrap(type);
  }

  @Override
  public String toString() {
    return "cache '" + parts.name() + "'";
  }

  private Request<K, V> store(Operation operation, K key, V value) {
    check(key, "key");
    check(value, "value");
    Mutation mutation = Mutation.store(parts.coding().value(value));
    return Request.store(operation, key, parts.coding().key(key), value, mutation);
  }

  private Request<K, V> removal(Operation operation, K key) {
    check(key, "key");
    return Request.remove(operation, key, parts.coding().key(key));
  }

  private @Nullable V previous(Request<K, V> request) {
    Outcome outcome = runner.run(request.with(request.mutation().returningPrevious()));
    try {
      return parts.coding().valueOrMiss(request.entry(), outcome.previous());
    } catch (CacheException e) {
      String done = outcome.isDone() ? "; the entry is changed all the same" : "";
      throw new CacheException(e.getMessage() + done, e);
    }
  }

  /** The order that the specification asks for: closed, then null. */
  private void check(@Nullable Object argument, String role) {
    lifecycle.checkOpen();
    if (argument == null) {
      throw new NullPointerException("cache '" + parts.name() + "': " + role + " must not be null");
    }
  }
}
