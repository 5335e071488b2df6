// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheStatisticsMXBean;

/** What the local tier of a cache, whose statistics are on, has. */
final class Kept {
  private Kept() {}

  static RedisCacheStatisticsMXBean counts(RedisCache<?, ?> cache) {
    return cache.unwrap(RedisCacheStatisticsMXBean.class);
  }

  /** Reads the key until the tier keeps it: notices of earlier writes may still come. */
  static <K> void await(RedisCache<K, ?> cache, K key) {
    Awaitility.await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .during(50, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              long before = counts(cache).getLocalHits();
              cache.get(key);
              return counts(cache).getLocalHits() > before;
            });
  }
}
