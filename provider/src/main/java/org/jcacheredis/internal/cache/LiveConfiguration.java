// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** A cache's configuration at one moment, listeners and switches as they are then. Immutable. */
public record LiveConfiguration<K, V>(
    Class<K> keyType,
    Class<V> valueType,
    Features features,
    Factory<ExpiryPolicy> expiryPolicyFactory,
    @Nullable Factory<CacheLoader<K, V>> cacheLoaderFactory,
    @Nullable Factory<CacheWriter<? super K, ? super V>> cacheWriterFactory,
    List<CacheEntryListenerConfiguration<K, V>> listeners)
    implements CompleteConfiguration<K, V> {

  /** The switches of a configuration. */
  public record Features(
      boolean readThrough, boolean writeThrough, boolean statistics, boolean management) {
    Features withStatistics(boolean enabled) {
      return new Features(readThrough, writeThrough, enabled, management);
    }

    Features withManagement(boolean enabled) {
      return new Features(readThrough, writeThrough, statistics, enabled);
    }
  }

  public LiveConfiguration {
    listeners = List.copyOf(listeners);
  }

  LiveConfiguration<K, V> with(
      Features others, List<CacheEntryListenerConfiguration<K, V>> registered) {
    return new LiveConfiguration<>(
        keyType,
        valueType,
        others,
        expiryPolicyFactory,
        cacheLoaderFactory,
        cacheWriterFactory,
        registered);
  }

  @Override
  public Class<K> getKeyType() {
    return keyType;
  }

  @Override
  public Class<V> getValueType() {
    return valueType;
  }

  @Override
  public boolean isStoreByValue() {
    return true;
  }

  @Override
  public boolean isReadThrough() {
    return features.readThrough;
  }

  @Override
  public boolean isWriteThrough() {
    return features.writeThrough;
  }

  @Override
  public boolean isStatisticsEnabled() {
    return features.statistics;
  }

  @Override
  public boolean isManagementEnabled() {
    return features.management;
  }

  @Override
  public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
    return listeners;
  }

  @Override
  public @Nullable Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
    return cacheLoaderFactory;
  }

  @Override
  public @Nullable Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
    return cacheWriterFactory;
  }

  @Override
  public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
    return expiryPolicyFactory;
  }
}
