// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import org.hibernate.cfg.Configuration;

/** Hibernate with its second-level cache and its query cache in Redis. */
final class HibernateExample {
  private HibernateExample() {}

  /**
   * The cache's URI names a file, for Hibernate looks it up. Without it, {@code jcache-redis.conf}
   * on the class path is found by its name.
   */
  static Configuration configuration(String cacheUri, String database) {
    return new Configuration()
        .addAnnotatedClass(Book.class)
        .setProperty("hibernate.connection.url", database)
        .setProperty("hibernate.generate_statistics", "true")
        .setProperty("hibernate.cache.region.factory_class", "jcache")
        .setProperty("hibernate.cache.use_query_cache", "true")
        .setProperty("hibernate.javax.cache.uri", cacheUri)
        .setProperty("hibernate.javax.cache.missing_cache_strategy", "create");
  }
}
