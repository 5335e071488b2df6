// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.net.URI;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.processor.LuaProcessors;

/** What {@code javax.cache} has no words for; the README shows it, and a test compares the two. */
public final class BeyondJCache {
  @SuppressWarnings("unchecked") // a class literal cannot say of what type
  public static void main(String[] args) {
    URI redis = URI.create(args.length > 0 ? args[0] : "redis://localhost:6379");
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager(redis, null)) {
      var counts =
          new RedisCacheConfiguration<String, Long>()
              .setTypes(String.class, Long.class)
              .setting("expiry.created", "1h")
              .setting("codec.allow", "com.acme.*");
      Cache<String, Long> visits = manager.createCache("visits", counts);
      RedisCache<String, Long> own = visits.unwrap(RedisCache.class);
      own.put("ada", 41L, Duration.ofMinutes(10)); // a lifetime of its own
      Long now = visits.invoke("ada", LuaProcessors.increment(1)); // in the server, atomic
      boolean kept = own.remainingTtl("ada").orElseThrow().toMinutes() < 11;
      System.out.println("visits: " + now + ", lifetime kept: " + kept);
    }
  }
}
