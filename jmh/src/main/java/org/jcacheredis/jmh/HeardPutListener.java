// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** The other JVM: listens until its input ends. */
public final class HeardPutListener {
  static final String READY = "listening";

  private HeardPutListener() {}

  /** Counts what it hears, and looks at each value. */
  public static final class Counting
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAdder characters = new LongAdder();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      count(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      count(events);
    }

    private void count(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> characters.add(event.getValue().length()));
    }
  }

  public static void main(String[] arguments) throws IOException {
    try (CacheManager manager =
        Caching.getCachingProvider("org.jcacheredis.RedisCachingProvider")
            .getCacheManager(URI.create(arguments[0]), null)) {
      Cache<String, String> cache =
          manager.createCache(
              HeardPutBenchmark.CACHE,
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));
      cache.registerCacheEntryListener(
          new MutableCacheEntryListenerConfiguration<>(
              FactoryBuilder.factoryOf(new Counting()), null, false, false));
      System.out.println(READY);
      while (System.in.read() >= 0) {
        // whoever started this ends it by closing the input
      }
    }
  }
}
