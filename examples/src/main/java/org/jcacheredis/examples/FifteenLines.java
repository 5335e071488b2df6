// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** The program of the README, which a test compares with this. */
public final class FifteenLines {
  public static void main(String[] args) {
    URI redis = URI.create(args.length > 0 ? args[0] : "redis://localhost:6379");
    try (CacheManager manager = Caching.getCachingProvider().getCacheManager(redis, null)) {
      var stocks =
          new MutableConfiguration<String, Integer>()
              .setTypes(String.class, Integer.class)
              .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
      Cache<String, Integer> stock = manager.createCache("stock", stocks);
      stock.put("apples", 3);
      boolean sold = stock.replace("apples", 3, 2);
      System.out.println("sold: " + sold + ", apples left: " + stock.get("apples"));
    }
  }
}
