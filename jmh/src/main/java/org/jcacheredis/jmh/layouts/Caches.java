// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCachingProvider;

/** Caches of one arrangement, in a manager of their own; their entries outlive {@link #close}. */
final class Caches implements AutoCloseable {
  private static final int CHUNK = 10_000;

  private final Entries entries;
  private final RedisCachingProvider provider = new RedisCachingProvider();
  private final CacheManager manager;

  /**
   * What is stored.
   *
   * @param size characters of a value
   */
  record Entries(int size, Life life) {
    /** A text key of 20 bytes. */
    static String key(int index) {
      String digits = Integer.toString(index);
      return "key-" + "0".repeat(16 - digits.length()) + digits;
    }
  }

  /** How long entries live. */
  enum Life {
    HOUR,
    ETERNAL
  }

  Caches(URI server, Arrangement arrangement, Entries entries) {
    this.entries = entries;
    manager =
        provider.getCacheManager(server, Caches.class.getClassLoader(), arrangement.settings());
  }

  /** The cache of that name, as it is. */
  @SuppressWarnings("unchecked") // the configuration declares the types
  RedisCache<String, String> open(String name) {
    MutableConfiguration<String, String> configuration =
        new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    if (entries.life() == Life.HOUR) {
      configuration.setExpiryPolicyFactory(
          ModifiedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 1)));
    }
    return manager.createCache(name, configuration).unwrap(RedisCache.class);
  }

  /** The cache of that name with so many entries. */
  RedisCache<String, String> filled(String name, int count) {
    RedisCache<String, String> cache = open(name);
    fill(cache, count);
    return cache;
  }

  /** Stores so many entries. */
  void fill(RedisCache<String, String> cache, int count) {
    String value = "v".repeat(entries.size());
    for (int start = 0; start < count; start += CHUNK) {
      int end = Math.min(count, start + CHUNK);
      Map<String, String> chunk = new HashMap<>();
      for (int i = start; i < end; i++) {
        chunk.put(Entries.key(i), value);
      }
      cache.putAll(chunk);
    }
  }

  /** Removes the cache and what it left on the server. */
  void destroy(String name) {
    manager.destroyCache(name);
  }

  @Override
  public void close() {
    provider.close();
  }
}
