// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * The write-through side of a cache. Any exception of the writer arrives as {@link
 * CacheWriterException}; errors arrive as they are. Without a writer every call does nothing.
 */
public final class Writer<K, V> {
  private final @Nullable CacheWriter<? super K, ? super V> writer;

  public Writer(@Nullable CacheWriter<? super K, ? super V> writer) {
    this.writer = writer;
  }

  public boolean isPresent() {
    return writer != null;
  }

  public void write(K key, V value) {
    if (writer != null) {
      guarded(() -> writer.write(new WrittenEntry<>(key, value)));
    }
  }

  public void delete(K key) {
    if (writer != null) {
      guarded(() -> writer.delete(key));
    }
  }

  /**
   * Writes many entries.
   *
   * @return the keys that were written, and what went wrong with the rest
   */
  public Bulk<K> writeAll(Map<? extends K, ? extends V> entries) {
    Set<K> keys = new LinkedHashSet<>(entries.keySet());
    if (writer == null || entries.isEmpty()) {
      return new Bulk<>(keys, null);
    }
    Map<K, Cache.Entry<? extends K, ? extends V>> open = new LinkedHashMap<>();
    entries.forEach((key, value) -> open.put(key, new WrittenEntry<>(key, value)));
    // the writer takes out what it has written; what stays was not
    List<Cache.Entry<? extends K, ? extends V>> rest = new ArrayList<>(open.values());
    return bulk(keys, () -> writeRest(rest), () -> keysOf(rest));
  }

  /** Deletes many keys; the result is as that of {@link #writeAll}. */
  public Bulk<K> deleteAll(Collection<? extends K> doomed) {
    Set<K> keys = new LinkedHashSet<>(doomed);
    if (writer == null || keys.isEmpty()) {
      return new Bulk<>(keys, null);
    }
    Collection<K> rest = new ArrayList<>(keys);
    return bulk(keys, () -> deleteRest(rest), () -> rest);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the interface asks for exactly its own wildcards
  private void writeRest(List<Cache.Entry<? extends K, ? extends V>> rest) {
    if (writer != null) {
      ((CacheWriter) writer).writeAll(rest);
    }
  }

  private void deleteRest(Collection<K> rest) {
    if (writer != null) {
      writer.deleteAll(rest);
    }
  }

  private Bulk<K> bulk(
      Set<K> keys, Runnable call, java.util.function.Supplier<Collection<K>> left) {
    CacheWriterException failure = null;
    try {
      guarded(call);
    } catch (CacheWriterException e) {
      failure = e;
    }
    Set<K> done = new LinkedHashSet<>(keys);
    left.get().forEach(done::remove);
    return new Bulk<>(done, failure);
  }

  private Collection<K> keysOf(List<Cache.Entry<? extends K, ? extends V>> rest) {
    List<K> keys = new ArrayList<>(rest.size());
    rest.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (CacheWriterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheWriterException("the CacheWriter failed: " + e, e);
    }
  }

  /**
   * What a bulk call achieved.
   *
   * @param done the keys whose entries were written or deleted
   * @param failure what the writer threw, if it did
   */
  public record Bulk<K>(Set<K> done, @Nullable CacheWriterException failure) {
    /** Throws what the writer threw; to be called when what was done has been applied. */
    public void complete() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private record WrittenEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {
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
          "a written entry cannot be unwrapped to " + type.getName());
    }
  }
}
