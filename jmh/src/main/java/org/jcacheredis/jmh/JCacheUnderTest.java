// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Any JCache provider, through the standard API. */
final class JCacheUnderTest implements CacheUnderTest {
  private final CacheManager manager;
  private final Cache<String, String> cache;
  private final Increment increment = new Increment();

  JCacheUnderTest(CacheManager manager, Cache<String, String> cache) {
    this.manager = manager;
    this.cache = cache;
  }

  @Override
  public @Nullable String get(String key) {
    return cache.get(key);
  }

  @Override
  public void put(String key, String value) {
    cache.put(key, value);
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    return cache.getAll(keys);
  }

  @Override
  public void putAll(Map<String, String> entries) {
    cache.putAll(entries);
  }

  @Override
  public @Nullable String increment(String key) {
    return cache.invoke(key, increment);
  }

  @Override
  public void close() {
    manager.destroyCache(cache.getName());
    manager.getCachingProvider().close();
  }

  private static final class Increment
      implements EntryProcessor<String, String, String>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public String process(MutableEntry<String, String> entry, Object... arguments) {
      String next = Payload.next(entry.getValue());
      entry.setValue(next);
      return next;
    }
  }
}
