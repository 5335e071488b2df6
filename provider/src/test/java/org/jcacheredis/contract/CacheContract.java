// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jcacheredis.EveryLayout;
import org.junit.jupiter.api.AfterEach;

/** What every suite stands on: the managers and caches of one test, gone when it ends. */
@EveryLayout
abstract class CacheContract {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Backend backend;
  private final List<CacheManager> managers = new ArrayList<>();

  CacheContract(Backend backend) {
    this.backend = backend;
  }

  /** The first manager of this test. */
  final CacheManager manager() {
    return managers.isEmpty() ? anotherManager() : managers.get(0);
  }

  /** A further manager, of a provider instance of its own: as good as another JVM. */
  final CacheManager anotherManager() {
    CacheManager manager = backend.newManager();
    managers.add(manager);
    return manager;
  }

  /** A cache of the first manager under a name no other test uses. */
  final <K, V> Cache<K, V> create(Configuration<K, V> configuration) {
    return manager().createCache(freshName(), configuration);
  }

  static String freshName() {
    return "cache-" + NAMES.incrementAndGet();
  }

  static MutableConfiguration<String, String> strings() {
    return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
  }

  static MutableConfiguration<String, String> countedStrings() {
    return strings().setStatisticsEnabled(true);
  }

  /** A set that, unlike {@code Set.of}, may be asked whether it contains null. */
  static Set<String> keys(String... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }

  /** A map of alternating keys and values that may be asked whether it contains null. */
  static Map<String, String> entries(String... keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  @AfterEach
  final void dropEverything() {
    for (CacheManager manager : managers) {
      if (!manager.isClosed()) {
        manager.getCacheNames().forEach(manager::destroyCache);
      }
      manager.getCachingProvider().close();
    }
  }
}
