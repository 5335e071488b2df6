// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.manager;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.internal.cache.LiveConfiguration;
import org.jcacheredis.internal.entry.ConfiguredExpiry;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the application says in code and what the settings say, as one configuration: code wins,
 * settings fill what it leaves open.
 */
final class Merge {
  private final ClassLoader loader;

  Merge(ClassLoader loader) {
    this.loader = loader;
  }

  /** The settings that a configuration carries itself. */
  static Map<String, ?> settings(Configuration<?, ?> configuration) {
    return configuration instanceof RedisCacheConfiguration<?, ?> own ? own.settings() : Map.of();
  }

  /**
   * One configuration from both.
   *
   * @throws UnsupportedOperationException if the cache is to store by reference
   * @throws IllegalArgumentException if code and settings contradict each other
   */
  <K, V> LiveConfiguration<K, V> merge(Configuration<K, V> code, CacheSettings settings) {
    if (!code.isStoreByValue()) {
      throw new UnsupportedOperationException(
          "cache '%s': a cache in Redis stores by value; leave out setStoreByValue(false)"
              .formatted(settings.name()));
    }
    CompleteConfiguration<K, V> complete =
        code instanceof CompleteConfiguration<K, V> full ? full : bare(code);
    checkIntegration(complete, settings.name());
    return new LiveConfiguration<>(
        type("key-type", complete.getKeyType(), settings.keyType(), settings.name()),
        type("value-type", complete.getValueType(), settings.valueType(), settings.name()),
        features(complete, settings),
        expiry(complete.getExpiryPolicyFactory(), settings.expiry()),
        complete.getCacheLoaderFactory(),
        complete.getCacheWriterFactory(),
        copies(complete));
  }

  private static <K, V> CompleteConfiguration<K, V> bare(Configuration<K, V> code) {
    return new MutableConfiguration<K, V>().setTypes(code.getKeyType(), code.getValueType());
  }

  private static void checkIntegration(CompleteConfiguration<?, ?> code, String cache) {
    if (code.isReadThrough() && code.getCacheLoaderFactory() == null) {
      throw new IllegalArgumentException(
          "cache '%s': read-through needs a CacheLoader; call setCacheLoaderFactory"
              .formatted(cache));
    }
    if (code.isWriteThrough() && code.getCacheWriterFactory() == null) {
      throw new IllegalArgumentException(
          "cache '%s': write-through needs a CacheWriter; call setCacheWriterFactory"
              .formatted(cache));
    }
  }

  @SuppressWarnings("unchecked") // Object in code leaves the type to the settings
  private <T> Class<T> type(
      String setting, Class<T> code, @Nullable String configured, String cache) {
    if (configured == null) {
      return code;
    }
    Class<?> type = load(setting, configured, cache);
    if (!code.equals(Object.class) && !code.equals(type)) {
      throw new IllegalArgumentException(
          "cache '%s': property '%s' is '%s', but the code says %s; make them agree"
              .formatted(cache, setting, configured, code.getName()));
    }
    return (Class<T>) type;
  }

  private Class<?> load(String setting, String name, String cache) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "cache '%s': property '%s' is '%s'; expected the name of a class on the class path"
              .formatted(cache, setting, name),
          e);
    }
  }

  private static LiveConfiguration.Features features(
      CompleteConfiguration<?, ?> code, CacheSettings settings) {
    return new LiveConfiguration.Features(
        code.isReadThrough(),
        code.isWriteThrough(),
        code.isStatisticsEnabled() || settings.statistics(),
        code.isManagementEnabled() || settings.management());
  }

  /** Eternal is what code says that says nothing. */
  private static Factory<ExpiryPolicy> expiry(
      Factory<ExpiryPolicy> code, CacheSettings.Expiry settings) {
    if (!settings.isConfigured() || !code.equals(EternalExpiryPolicy.factoryOf())) {
      return code;
    }
    ConfiguredExpiry policy =
        new ConfiguredExpiry(
            settings.created() == null
                ? javax.cache.expiry.Duration.ETERNAL
                : jcache(settings.created()),
            settings.updated() == null ? null : jcache(settings.updated()),
            settings.accessed() == null ? null : jcache(settings.accessed()));
    return () -> policy;
  }

  private static javax.cache.expiry.Duration jcache(Duration duration) {
    return duration.equals(CacheSettings.Expiry.ETERNAL)
        ? javax.cache.expiry.Duration.ETERNAL
        : new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, duration.toMillis());
  }

  private static <K, V> List<CacheEntryListenerConfiguration<K, V>> copies(
      CompleteConfiguration<K, V> code) {
    List<CacheEntryListenerConfiguration<K, V>> copies = new ArrayList<>();
    code.getCacheEntryListenerConfigurations()
        .forEach(each -> copies.add(new MutableCacheEntryListenerConfiguration<>(each)));
    return copies;
  }
}
