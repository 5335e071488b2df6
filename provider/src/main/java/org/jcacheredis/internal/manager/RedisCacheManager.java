// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.manager;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.internal.cache.CacheAssembly;
import org.jcacheredis.internal.cache.CacheLifecycle;
import org.jcacheredis.internal.cache.StoredCache;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Standalone;
import org.jcacheredis.internal.connection.Subscriber;
import org.jcacheredis.internal.group.Group;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jcacheredis.internal.settings.ManagerSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caches of one URI and class loader, on one connection. Thread-safe. */
public final class RedisCacheManager implements CacheManager, CacheLifecycle.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(RedisCacheManager.class);

  private final Identity identity;
  private final ManagerSettings settings;
  private final Consumer<RedisCacheManager> onClose;
  private final Redis redis;
  private final Group group;
  private final ManagerThreads threads = ManagerThreads.create();
  private final Map<String, StoredCache<?, ?>> caches = new ConcurrentHashMap<>();

  /** Declared caches that were never asked for; they come to life at the first call. */
  private final Set<String> declared = ConcurrentHashMap.newKeySet();

  private final Object creation = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What a manager is known by, and what it was asked for with. */
  public record Identity(
      CachingProvider provider, URI uri, WeakReference<ClassLoader> loader, Properties asked) {
    /** The URI as messages show it: without its login. */
    @Override
    public String toString() {
      return "cache manager '" + uri.toString().replaceFirst("//.*@", "//***@") + "'";
    }
  }

  /**
   * A manager that is open.
   *
   * @param onClose told when the manager closes
   * @throws CacheException if the settings say {@code connect = eager} and the server does not
   *     answer
   */
  public RedisCacheManager(
      Identity identity, ManagerSettings settings, Consumer<RedisCacheManager> onClose) {
    this.identity = identity;
    this.settings = settings;
    this.onClose = onClose;
    this.redis =
        Standalone.open(
            settings.connection(), identity.toString(), threads.timer(), threads.leaders());
    this.group = group();
    this.declared.addAll(settings.declaredCaches());
    if (settings.connection().eager()) {
      connect();
    }
  }

  private Group group() {
    ConnectionSettings connection = settings.connection();
    return new Group(
        new Group.Means(
            redis,
            settings.namespace(),
            Objects.requireNonNullElse(connection.database(), 0),
            sink -> Subscriber.of(connection, threads.subscribing(), threads.timer(), sink),
            threads.background(),
            threads.timer(),
            settings.events().announce(),
            settings.events().configureServer(),
            connection.connectTimeout().plus(connection.commandTimeout())));
  }

  private void connect() {
    try {
      redis.ping();
    } catch (CacheException e) {
      threads.close();
      redis.close();
      throw e;
    }
  }

  @Override
  public CachingProvider getCachingProvider() {
    return identity.provider;
  }

  @Override
  public URI getURI() {
    return identity.uri;
  }

  @Override
  public @Nullable ClassLoader getClassLoader() {
    return identity.loader.get();
  }

  @Override
  public Properties getProperties() {
    return identity.asked;
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String name, C configuration) {
    check(name, "cache name");
    check(configuration, "configuration");
    synchronized (creation) {
      checkOpen();
      if (caches.containsKey(name)) {
        throw new CacheException(
            "cache '%s' exists already in this manager; use getCache".formatted(name));
      }
      return create(name, configuration);
    }
  }

  private <K, V> StoredCache<K, V> create(String name, Configuration<K, V> configuration) {
    ClassLoader loader = loader();
    CacheSettings own = settings.cache(name, Merge.settings(configuration));
    CacheAssembly.Offer offer =
        new CacheAssembly.Offer(
            redis,
            settings.namespace(),
            settings.connection().operationTimeout(),
            loader,
            threads.listeners(),
            threads.loading(),
            threads.pages(),
            threads.telling(),
            threads.background(),
            threads.timer(),
            group,
            this);
    StoredCache<K, V> cache =
        new CacheAssembly<>(offer, own, new Merge(loader).merge(configuration, own)).assemble();
    declared.remove(name);
    caches.put(name, cache);
    return cache;
  }

  private ClassLoader loader() {
    ClassLoader loader = identity.loader.get();
    if (loader == null) {
      throw new IllegalStateException(identity + ": its class loader is gone; close it");
    }
    return loader;
  }

  @Override
  @SuppressWarnings("unchecked") // compared with the declared classes
  public <K, V> @Nullable Cache<K, V> getCache(String name, Class<K> keyType, Class<V> valueType) {
    check(name, "cache name");
    check(keyType, "key type");
    check(valueType, "value type");
    StoredCache<?, ?> cache =
        find(name, new MutableConfiguration<K, V>().setTypes(keyType, valueType));
    if (cache != null) {
      Configuration<?, ?> configuration = cache.getConfiguration(Configuration.class);
      checkType(name, "key", keyType, configuration.getKeyType());
      checkType(name, "value", valueType, configuration.getValueType());
    }
    return (Cache<K, V>) cache;
  }

  private static void checkType(String cache, String role, Class<?> asked, Class<?> configured) {
    if (!configured.equals(asked)) {
      throw new ClassCastException(
          "cache '%s': its %s type is %s, not %s; ask for that type"
              .formatted(cache, role, configured.getName(), asked.getName()));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // since JSR-107 1.1 the caller's own risk
  public <K, V> @Nullable Cache<K, V> getCache(String name) {
    check(name, "cache name");
    return (Cache<K, V>) find(name, new MutableConfiguration<>());
  }

  /** An open cache, or a declared one that begins its life with this configuration. */
  private @Nullable StoredCache<?, ?> find(String name, Configuration<?, ?> first) {
    StoredCache<?, ?> cache = caches.get(name);
    if (cache != null || !declared.contains(name)) {
      return cache;
    }
    synchronized (creation) {
      checkOpen();
      StoredCache<?, ?> meanwhile = caches.get(name);
      return meanwhile != null || !declared.contains(name) ? meanwhile : create(name, first);
    }
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    Set<String> names = new TreeSet<>(caches.keySet());
    names.addAll(declared);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public void destroyCache(String name) {
    check(name, "cache name");
    StoredCache<?, ?> cache = find(name, new MutableConfiguration<>());
    if (cache != null) {
      cache.lifecycle().destroy();
    }
  }

  @Override
  public void enableManagement(String name, boolean enabled) {
    existing(name).lifecycle().enableManagement(enabled);
  }

  @Override
  public void enableStatistics(String name, boolean enabled) {
    existing(name).lifecycle().enableStatistics(enabled);
  }

  private StoredCache<?, ?> existing(String name) {
    check(name, "cache name");
    StoredCache<?, ?> cache = find(name, new MutableConfiguration<>());
    if (cache == null) {
      throw new IllegalArgumentException(
          "cache '%s' does not exist in this manager; create it first".formatted(name));
    }
    return cache;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    onClose.accept(this);
    group.close();
    synchronized (creation) {
      for (StoredCache<?, ?> cache : List.copyOf(new HashSet<>(caches.values()))) {
        closeQuietly(cache);
      }
    }
    threads.close();
    redis.close();
  }

  private static void closeQuietly(Cache<?, ?> cache) {
    try {
      cache.close();
    } catch (RuntimeException e) {
      // specification: a failing cache does not keep the manager from closing
      LOG.warn("closing {} failed", cache, e);
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    T client = redis.unwrap(type);
    if (client == null) {
      throw new IllegalArgumentException(identity + " cannot be unwrapped to " + type.getName());
    }
    return client;
  }

  @Override
  public CacheManager manager() {
    return this;
  }

  @Override
  public void released(String cache) {
    caches.remove(cache);
  }

  @Override
  public Function<Class<?>, @Nullable Object> connection() {
    return redis::unwrap;
  }

  private void check(@Nullable Object argument, String role) {
    checkOpen();
    if (argument == null) {
      throw new NullPointerException(identity + ": " + role + " must not be null");
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException(identity + " is closed");
    }
  }
}
