// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** A rate limit that all JVMs share: ten calls an hour for each user. */
final class Bucket4jExample {
  static final int CALLS = 10;

  private final ProxyManager<String> buckets;

  Bucket4jExample(CacheManager manager) {
    Cache<String, byte[]> cache =
        manager.createCache(
            "buckets",
            new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
    this.buckets = Bucket4jJCache.entryProcessorBasedBuilder(cache).build();
  }

  boolean mayCall(String user) {
    Bucket bucket = buckets.getProxy(user, Bucket4jExample::limit);
    return bucket.tryConsume(1);
  }

  private static BucketConfiguration limit() {
    return BucketConfiguration.builder()
        .addLimit(calls -> calls.capacity(CALLS).refillIntervally(CALLS, Duration.ofHours(1)))
        .build();
  }
}
