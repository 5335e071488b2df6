// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A cache's configuration with settings of this provider, for those who configure in code. A
 * setting made here goes before the same setting in files, templates and properties; types and
 * expiry policy are merged as with any other configuration: a policy set here, unless it is the
 * eternal one, replaces the three {@code expiry} settings, and statistics and management are on if
 * either says so. Not thread-safe; {@code createCache} takes a copy.
 *
 * <pre>{@code
 * manager.createCache("users",
 *     new RedisCacheConfiguration<String, User>()
 *         .setTypes(String.class, User.class)
 *         .setting("expiry.created", "1h")
 *         .setting("ttl-jitter", "10%")
 *         .setting("codec.allow", "com.acme.money.*"));
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public class RedisCacheConfiguration<K, V> extends MutableConfiguration<K, V> {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a LinkedHashMap of what the application put there
  private final Map<String, Object> settings = new LinkedHashMap<>();

  /** A configuration like {@code MutableConfiguration}'s, with no settings of its own. */
  public RedisCacheConfiguration() {}

  /** A copy of another configuration, its settings included if it has any. */
  public RedisCacheConfiguration(CompleteConfiguration<K, V> other) {
    super(other);
    if (other instanceof RedisCacheConfiguration<K, V> same) {
      settings.putAll(same.settings);
    }
  }

  /**
   * Sets one of the cache's settings.
   *
   * @param name its path below the cache, as in {@code docs/configuration.md}: {@code ttl-jitter},
   *     {@code codec.allow}, {@code load.negative-ttl}. {@code lz4}, {@code zstd} and {@code json}
   *     need a library beside this one
   * @param value a string as in a file, or a number, boolean or {@code java.time.Duration}; checked
   *     by {@code createCache}, which throws {@code IllegalArgumentException}
   */
  public RedisCacheConfiguration<K, V> setting(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** The settings made here, a copy. */
  public Map<String, Object> settings() {
    return new LinkedHashMap<>(settings);
  }

  @Override
  public RedisCacheConfiguration<K, V> setTypes(Class<K> keyType, Class<V> valueType) {
    super.setTypes(keyType, valueType);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> addCacheEntryListenerConfiguration(
      CacheEntryListenerConfiguration<K, V> listener) {
    super.addCacheEntryListenerConfiguration(listener);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setCacheLoaderFactory(
      Factory<? extends CacheLoader<K, V>> factory) {
    super.setCacheLoaderFactory(factory);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setCacheWriterFactory(
      Factory<? extends CacheWriter<? super K, ? super V>> factory) {
    super.setCacheWriterFactory(factory);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setExpiryPolicyFactory(
      Factory<? extends ExpiryPolicy> factory) {
    super.setExpiryPolicyFactory(factory);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setReadThrough(boolean isReadThrough) {
    super.setReadThrough(isReadThrough);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setWriteThrough(boolean isWriteThrough) {
    super.setWriteThrough(isWriteThrough);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setStatisticsEnabled(boolean enabled) {
    super.setStatisticsEnabled(enabled);
    return this;
  }

  @Override
  public RedisCacheConfiguration<K, V> setManagementEnabled(boolean enabled) {
    super.setManagementEnabled(enabled);
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisCacheConfiguration<?, ?> that
        && super.equals(other)
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings.hashCode();
  }
}
