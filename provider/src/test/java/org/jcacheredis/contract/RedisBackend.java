// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.TestServers;

/** This provider on a real server, in a namespace that no other suite uses. */
record RedisBackend(URI uri, String namespace) implements Backend {

  /** On the server that the tests of this JVM share. */
  static RedisBackend shared(Class<?> suite) {
    return new RedisBackend(TestServers.shared().uri(), freshNamespace(suite));
  }

  static String freshNamespace(Class<?> suite) {
    return suite.getSimpleName() + "-" + ProcessHandle.current().pid();
  }

  static CacheManager open(URI uri, String namespace) {
    Properties properties = new Properties();
    properties.setProperty("jcache-redis.namespace", namespace);
    properties.setProperty("jcache-redis.cache-defaults.codec.allow", "org.jcacheredis.contract.*");
    CachingProvider provider = new RedisCachingProvider();
    return provider.getCacheManager(uri, provider.getDefaultClassLoader(), properties);
  }

  @Override
  public CacheManager newManager() {
    return open(uri, namespace);
  }

  @Override
  public String name() {
    return "Redis at " + uri;
  }
}
