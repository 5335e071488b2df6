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

  public Loader(CacheLoader<K, V> loader) {
    this.loader = loader;
  }

  /** The value for a key; null where there is none. */
  public @Nullable V load(K key) {
    return guarded(() -> loader.load(key));
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
