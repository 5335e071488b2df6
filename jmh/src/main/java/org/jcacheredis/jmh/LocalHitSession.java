// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jcacheredis.codec.CodecSettings;
import org.jcacheredis.codec.EntryCodec;

/** Caches with a local tier, and what they are compared with. Thread-safe. */
@SuppressWarnings("rawtypes") // caches have no generic value types
record LocalHitSession(
    CacheManager manager,
    Cache<String, String> strings,
    Cache<String, ArrayList> lists,
    com.github.benmanes.caffeine.cache.Cache<String, String> raw,
    EntryCodec codec,
    byte[] bytes,
    String[] keys)
    implements AutoCloseable {
  /** A power of two. */
  static final int KEYS = 1024;

  private static final int ROOM = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Opens the caches, empty. */
  static LocalHitSession open(URI server) {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.cache-defaults.local.enabled", "true");
    settings.setProperty("jcache-redis.cache-defaults.local.max-entries", "" + ROOM);
    CacheManager manager =
        Caching.getCachingProvider("org.jcacheredis.RedisCachingProvider")
            .getCacheManager(server, LocalHitSession.class.getClassLoader(), settings);
    EntryCodec codec =
        new EntryCodec(
            new CodecSettings("kryo", List.of(), "none", ROOM, 1 << 20),
            String.class,
            ArrayList.class,
            LocalHitSession.class.getClassLoader());
    return new LocalHitSession(
        manager,
        manager.createCache("local-strings", types(String.class)),
        manager.createCache("local-lists", types(ArrayList.class)),
        Caffeine.newBuilder().maximumSize(ROOM).build(),
        codec,
        codec.encodeValue(list()),
        IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toArray(String[]::new));
  }

  private static <V> MutableConfiguration<String, V> types(Class<V> values) {
    return new MutableConfiguration<String, V>().setTypes(String.class, values);
  }

  static ArrayList<String> list() {
    return new ArrayList<>(List.of("one", "of", "several", "words", "that", "may", "change"));
  }

  /** Fills the cache and waits until this JVM has every entry. */
  <V> void fill(Cache<String, V> cache, Function<String, V> values) throws JMException {
    for (String key : keys) {
      cache.put(key, values.apply(key));
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "cache '%s': after %s its local tier has not all of %d entries"
                .formatted(cache.getName(), PATIENCE, KEYS));
      }
      for (String key : keys) {
        cache.get(key);
      }
    } while (localEntries(cache) < KEYS);
  }

  /** Statistics are on for this moment only: they are off unless somebody wants them. */
  private long localEntries(Cache<?, ?> cache) throws JMException {
    manager.enableStatistics(cache.getName(), true);
    var server = ManagementFactory.getPlatformMBeanServer();
    var pattern = "javax.cache:type=CacheStatistics,Cache=" + cache.getName() + ",*";
    ObjectName bean = server.queryNames(new ObjectName(pattern), null).iterator().next();
    long entries = (long) server.getAttribute(bean, "LocalEntries");
    manager.enableStatistics(cache.getName(), false);
    return entries;
  }

  @Override
  public void close() {
    manager.destroyCache(strings.getName());
    manager.destroyCache(lists.getName());
    manager.getCachingProvider().close();
  }
}
