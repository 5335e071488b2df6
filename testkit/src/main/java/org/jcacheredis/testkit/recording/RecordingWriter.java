// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a map, the "database", and notes the calls. It fails on chosen keys or after some
 * elements of a batch; what was done before the failure is removed from the batch, as JSR-107
 * demands of {@code writeAll} and {@code deleteAll}. Thread-safe.
 */
public final class RecordingWriter<K, V> implements CacheWriter<K, V>, AutoCloseable {
  private final Map<Object, Object> database = new ConcurrentHashMap<>();
  private final Timeline<WriterCall> calls = new Timeline<>();
  private final Set<Object> failingKeys = ConcurrentHashMap.newKeySet();
  private final AtomicInteger closes = new AtomicInteger();
  private final Gate gate = new Gate();
  private volatile int batchLimit = Integer.MAX_VALUE;

  /** The methods of a {@link CacheWriter}. */
  public enum Method {
    WRITE,
    WRITE_ALL,
    DELETE,
    DELETE_ALL
  }

  /** One call and the keys it was given, in their order. */
  public record WriterCall(Method method, List<Object> keys) {}

  /** A factory of this very writer. */
  public Factory<RecordingWriter<K, V>> factory() {
    return new InstanceFactory<>(this);
  }

  /** Throws this at the start of each call; null to stop. */
  public void failWith(@Nullable RuntimeException exception) {
    gate.failWith(exception);
  }

  /** Waits for this at the start of each call, after noting it; null to stop. */
  public void waitFor(@Nullable CountDownLatch latch) {
    gate.waitFor(latch);
  }

  /** Fails with a {@link CacheWriterException} when it comes to one of these keys. */
  public void failOn(Object... keys) {
    failingKeys.addAll(List.of(keys));
  }

  /** Fails with a {@link CacheWriterException} in each batch when so many elements are done. */
  public void failAfter(int elements) {
    batchLimit = elements;
  }

  /** Ends all failures and waits. */
  public void heal() {
    failingKeys.clear();
    batchLimit = Integer.MAX_VALUE;
    gate.failWith(null);
    gate.waitFor(null);
  }

  /** The database itself: tests may read and fill it. */
  @SuppressWarnings("unchecked") // only entries of K and V are written
  public Map<K, V> database() {
    return (Map<K, V>) database;
  }

  /** The calls so far, failed ones included. */
  public List<WriterCall> calls() {
    return calls.copy();
  }

  /** How often the cache closed this writer. */
  public int closeCount() {
    return closes.get();
  }

  /** Forgets the calls so far and keeps the database. */
  public void clearCalls() {
    calls.clear();
  }

  @Override
  public void write(Cache.Entry<? extends K, ? extends V> entry) {
    begin(Method.WRITE, List.of(entry.getKey()));
    writeOne(entry);
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    begin(Method.WRITE_ALL, entries.stream().map(entry -> (Object) entry.getKey()).toList());
    drain(entries, Cache.Entry::getKey, this::writeOne);
  }

  @Override
  public void delete(Object key) {
    begin(Method.DELETE, List.of(key));
    deleteOne(key);
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    begin(Method.DELETE_ALL, List.copyOf(keys));
    drain(keys, key -> key, this::deleteOne);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  private void begin(Method method, List<Object> keys) {
    calls.add(new WriterCall(method, keys));
    gate.pass();
  }

  private void writeOne(Cache.Entry<? extends K, ? extends V> entry) {
    check(entry.getKey());
    database.put(entry.getKey(), entry.getValue());
  }

  private void deleteOne(Object key) {
    check(key);
    database.remove(key);
  }

  private <T> void drain(
      Collection<T> batch, Function<? super T, Object> keyOf, Consumer<? super T> action) {
    int done = 0;
    for (Iterator<T> elements = batch.iterator(); elements.hasNext(); done++) {
      T element = elements.next();
      if (done == batchLimit) {
        throw new CacheWriterException(
            "writer fails at key '" + keyOf.apply(element) + "' after " + done + ", as told");
      }
      action.accept(element);
      elements.remove();
    }
  }

  private void check(Object key) {
    if (failingKeys.contains(key)) {
      throw new CacheWriterException("writer fails at key '" + key + "', as told");
    }
  }
}
