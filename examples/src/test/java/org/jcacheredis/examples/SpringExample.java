// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.net.URI;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcacheredis.RedisCachingProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring application whose caches are declared in {@code spring-example.conf}. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
public class SpringExample {
  /** A provider of its own for each context, as each JVM has one. */
  @Bean(destroyMethod = "close")
  public javax.cache.CacheManager redis(@Value("${redis.uri}") String server) {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.uri", server);
    return new RedisCachingProvider()
        .getCacheManager(
            URI.create("classpath:spring-example.conf"), getClass().getClassLoader(), settings);
  }

  @Bean
  public JCacheCacheManager caches(javax.cache.CacheManager redis) {
    return new JCacheCacheManager(redis);
  }

  @Bean
  public People people() {
    return new People();
  }

  /** A slow source of people that counts how often it is asked. */
  public static class People {
    private final AtomicInteger lookups = new AtomicInteger();

    @Cacheable("people")
    public @Nullable Person find(String id) {
      lookups.incrementAndGet();
      return id.equals("nobody") ? null : new Person(id, 1815);
    }

    @Cacheable(cacheNames = "people", sync = true)
    public @Nullable Person findOnce(String id) {
      return find(id);
    }

    @Cacheable("people-by-name")
    public Person find(String first, String last) {
      lookups.incrementAndGet();
      return new Person(first + " " + last, 1815);
    }

    @CacheEvict("people")
    public void forget(String id) {}

    public int lookups() {
      return lookups.get();
    }
  }
}
