// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;

/**
 * A namespace of its own on a server, and any number of managers that share it, each of its own
 * provider, as those of several JVMs would. Closing ends the managers and removes the keys.
 */
public final class Space implements AutoCloseable {
  private final RedisEndpoint server;
  private final String namespace = "space-" + UUID.randomUUID();
  private final List<CachingProvider> providers = new ArrayList<>();
  private final List<RedisProbe> probes = new ArrayList<>();

  private Space(RedisEndpoint server) {
    this.server = server;
  }

  /** On the server that all tests share. */
  public static Space shared() {
    return new Space(TestServers.shared());
  }

  public static Space on(RedisEndpoint server) {
    return new Space(server);
  }

  public String namespace() {
    return namespace;
  }

  public URI uri() {
    return server.uri();
  }

  /** Another manager; settings as {@code "command-timeout=200ms"}. */
  public CacheManager manager(String... settings) {
    return manager(uri(), settings);
  }

  /** Another manager of another URI, in this namespace. */
  public CacheManager manager(URI uri, String... settings) {
    CachingProvider provider = new RedisCachingProvider();
    providers.add(provider);
    return provider.getCacheManager(uri, Space.class.getClassLoader(), properties(settings));
  }

  /** What a manager is given to live in this namespace. */
  public Properties properties(String... settings) {
    Properties properties = new Properties();
    properties.setProperty("jcache-redis.namespace", namespace);
    properties.setProperty("jcache-redis.cache-defaults.codec.allow", "org.jcacheredis.feature.*");
    for (String setting : settings) {
      int split = setting.indexOf('=');
      properties.setProperty(
          "jcache-redis." + setting.substring(0, split), setting.substring(split + 1));
    }
    return properties;
  }

  /** A cache of strings in a manager of its own. */
  public RedisCache<String, String> strings(String name, String... settings) {
    return cache(manager(settings), name, types(String.class, String.class));
  }

  @SuppressWarnings("unchecked") // the same cache by its other interface
  public static <K, V> RedisCache<K, V> cache(
      CacheManager manager, String name, Configuration<K, V> configuration) {
    Cache<K, V> cache = manager.createCache(name, configuration);
    return cache.unwrap(RedisCache.class);
  }

  public static <K, V> MutableConfiguration<K, V> types(Class<K> keyType, Class<V> valueType) {
    return new MutableConfiguration<K, V>().setTypes(keyType, valueType);
  }

  /** The name in the server of an entry in layout {@code keys}, of declared {@code String} keys. */
  public String entry(String cache, String key) {
    return namespace + ":" + cache + ":" + key;
  }

  /** An entry in whichever layout its cache has, looked at past the cache. */
  public StoredEntry stored(RedisProbe probe, String cache, String key) {
    return new StoredEntry(probe, namespace + ":" + cache, key);
  }

  /** The names in the server of all keys of this space, without the notes of layouts. */
  public List<String> keys(RedisProbe probe) {
    return probe.keys(namespace + "*").stream().filter(key -> !key.endsWith("!layout")).toList();
  }

  /** Whether caches that name no layout lie in hashes in this run. */
  public static boolean inHashes() {
    return "hash".equals(System.getProperty("jcache-redis.cache-defaults.layout"));
  }

  /** An admin connection, closed with this space. */
  public RedisProbe probe() {
    RedisProbe probe = RedisProbe.of(server);
    probes.add(probe);
    return probe;
  }

  @Override
  public void close() {
    providers.forEach(CachingProvider::close);
    probes.forEach(RedisProbe::close);
    try (RedisProbe probe = RedisProbe.of(server)) {
      probe.keyBytes(namespace + "*").forEach(probe::del);
    }
  }
}
