// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.internal.manager.RedisCacheManager;
import org.jcacheredis.internal.manager.RedisCacheManager.Identity;
import org.jcacheredis.internal.settings.SettingsReader;
import org.jspecify.annotations.Nullable;

/**
 * The JCache provider for Redis and Valkey, found through {@code META-INF/services}; nobody needs
 * to name it. Its constructor connects to nothing. Thread-safe.
 *
 * <p>A manager's URI is either where the server is, {@code redis://host:6379} or {@code
 * rediss://host:6379}, or a configuration file, {@code classpath:name.conf} or {@code file:/path}.
 * The properties that {@code getCacheManager} takes may hold any setting, prefixed with {@code
 * jcache-redis.}.
 *
 * @see <a href="https://jcp.org/en/jsr/detail?id=107">JSR-107, javax.cache.spi.CachingProvider</a>
 */
public final class RedisCachingProvider implements CachingProvider {
  private final Map<ClassLoader, Map<URI, RedisCacheManager>> managers = new WeakHashMap<>();

  /** Called by {@link java.util.ServiceLoader}. */
  public RedisCachingProvider() {}

  /**
   * The manager for this URI and class loader; a new one if there is none that is open. It connects
   * at the first operation, unless the setting {@code connect} is {@code eager}.
   *
   * @throws IllegalArgumentException if the URI or a setting is malformed or unknown
   * @throws javax.cache.CacheException if a configuration file cannot be read, or if the server
   *     does not answer an eager manager
   */
  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    URI known = uri == null ? getDefaultURI() : uri;
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    synchronized (managers) {
      return managers
          .computeIfAbsent(loader, any -> new HashMap<>())
          // one that is closing has not been forgotten yet
          .compute(
              known,
              (any, there) ->
                  there == null || there.isClosed() ? open(known, loader, properties) : there);
    }
  }

  private RedisCacheManager open(URI uri, ClassLoader loader, @Nullable Properties properties) {
    Properties asked = new Properties();
    if (properties != null) {
      properties.stringPropertyNames().forEach(n -> asked.put(n, properties.getProperty(n)));
      asked.putAll(properties);
    }
    return new RedisCacheManager(
        new Identity(this, uri, new WeakReference<>(loader), asked),
        SettingsReader.read(uri, asked, loader),
        this::forget);
  }

  private void forget(RedisCacheManager manager) {
    synchronized (managers) {
      Map<URI, RedisCacheManager> known = managers.get(manager.getClassLoader());
      if (known != null) {
        known.remove(manager.getURI(), manager);
      }
    }
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  /** {@code classpath:jcache-redis.conf}, which may be missing: then the defaults hold. */
  @Override
  public URI getDefaultURI() {
    return SettingsReader.DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    List<RedisCacheManager> all;
    synchronized (managers) {
      all = managers.values().stream().flatMap(known -> known.values().stream()).toList();
    }
    all.forEach(RedisCacheManager::close);
  }

  @Override
  public void close(@Nullable ClassLoader classLoader) {
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    List<RedisCacheManager> all;
    synchronized (managers) {
      all = List.copyOf(managers.getOrDefault(loader, Map.of()).values());
    }
    all.forEach(RedisCacheManager::close);
  }

  @Override
  public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    RedisCacheManager manager;
    synchronized (managers) {
      manager = managers.getOrDefault(loader, Map.of()).get(uri == null ? getDefaultURI() : uri);
    }
    if (manager != null) {
      manager.close();
    }
  }

  /** Everything but {@link OptionalFeature#STORE_BY_REFERENCE}: what is in Redis is a copy. */
  @Override
  public boolean isSupported(OptionalFeature optionalFeature) {
    return false;
  }
}
