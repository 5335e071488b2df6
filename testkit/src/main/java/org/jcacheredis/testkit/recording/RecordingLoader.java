// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** Loads what a function gives, and notes the calls. Thread-safe if the function is. */
public final class RecordingLoader<K, V> implements CacheLoader<K, V>, AutoCloseable {
  private final Function<? super K, ? extends V> function;
  private final Timeline<List<K>> loads = new Timeline<>();
  private final Timeline<List<K>> bulkLoads = new Timeline<>();
  private final AtomicInteger closes = new AtomicInteger();
  private final Gate gate = new Gate();

  private RecordingLoader(Function<? super K, ? extends V> function) {
    this.function = function;
  }

  /** A loader by a function, which gives null for what it does not have. */
  public static <K, V> RecordingLoader<K, V> of(Function<? super K, ? extends V> function) {
    return new RecordingLoader<>(function);
  }

  /** A factory of this very loader. */
  public Factory<RecordingLoader<K, V>> factory() {
    return new InstanceFactory<>(this);
  }

  /** Throws this instead of loading; null to stop. */
  public void failWith(@Nullable RuntimeException exception) {
    gate.failWith(exception);
  }

  /** Waits for this before loading, after noting the call; null to stop. */
  public void waitFor(@Nullable CountDownLatch latch) {
    gate.waitFor(latch);
  }

  /** The keys of the calls of {@code load}, in order. */
  public List<K> loads() {
    return flat(loads.copy());
  }

  /** The keys of each call of {@code loadAll}, in order. */
  public List<List<K>> bulkLoads() {
    return bulkLoads.copy();
  }

  /** Returns as soon as so many calls of {@code load} began. */
  public List<K> awaitLoads(int count, Duration limit) {
    return flat(loads.await(count, limit));
  }

  /** Returns as soon as so many calls of {@code loadAll} began. */
  public List<List<K>> awaitBulkLoads(int count, Duration limit) {
    return bulkLoads.await(count, limit);
  }

  /** How often the cache closed this loader. */
  public int closeCount() {
    return closes.get();
  }

  /** Forgets the calls so far. */
  public void clear() {
    loads.clear();
    bulkLoads.clear();
  }

  @Override
  @SuppressWarnings("NullAway") // javax.cache: a loader gives null for an absent value
  public V load(K key) {
    loads.add(List.of(key));
    gate.pass();
    return function.apply(key);
  }

  @Override
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    List<K> asked = new ArrayList<>();
    keys.forEach(asked::add);
    bulkLoads.add(List.copyOf(asked));
    gate.pass();
    Map<K, V> loaded = new HashMap<>();
    asked.forEach(key -> loaded.put(key, function.apply(key)));
    return loaded;
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  private static <K> List<K> flat(List<List<K>> calls) {
    return calls.stream().flatMap(List::stream).toList();
  }
}
