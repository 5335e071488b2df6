// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The application's loader, called in the caller's thread. Any exception arrives as {@link
 * CacheLoaderException}; errors arrive as they are.
 */
public final class Loader<K, V> {
  private final CacheLoader<K, V> loader;
  private final @Nullable Memory<K> memory;

  /** What is remembered of keys that have no value. */
  public interface Memory<K> {
    boolean isKnownAbsent(K key);

    void remember(K key);
  }

  public Loader(CacheLoader<K, V> loader) {
    this(loader, null);
  }

  private Loader(CacheLoader<K, V> loader, @Nullable Memory<K> memory) {
    this.loader = loader;
    this.memory = memory;
  }

  /** The same loader, whose {@code load} asks the memory first and tells it of each null. */
  public Loader<K, V> remembering(Memory<K> absent) {
    return new Loader<>(loader, absent);
  }

  /** The value for a key; null where there is none. */
  public @Nullable V load(K key) {
    if (memory != null && memory.isKnownAbsent(key)) {
      return null;
    }
    V value = guarded(() -> loader.load(key));
    if (memory != null && value == null) {
      memory.remember(key);
    }
    return value;
  }

  /** The values of those keys that have one; anything else the loader returns is left out. */
  public Map<K, V> loadAll(Set<K> keys) {
    Map<K, V> loaded = guarded(() -> loader.loadAll(keys));
    Map<K, V> values = new LinkedHashMap<>();
    if (loaded != null) {
      for (K key : keys) {
        V value = loaded.get(key);
        if (value != null) {
          values.put(key, value);
        }
      }
    }
    return values;
  }

  private static <T extends @Nullable Object> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("the CacheLoader failed: " + e, e);
    }
  }
}
