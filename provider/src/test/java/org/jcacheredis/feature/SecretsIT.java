// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import javax.management.ObjectName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;

/** A password in a URI is for the server alone. */
class SecretsIT {
  private static final String SECRET = "s3cret";

  @Test
  void password_inTheManagersUri_isInNoMessageAndNoName() throws Exception {
    try (RedisServer server = RedisServer.start("--requirepass", SECRET);
        CachingProvider provider = new RedisCachingProvider()) {
      URI uri = URI.create("redis://:" + SECRET + "@127.0.0.1:" + server.port());
      CacheManager manager = provider.getCacheManager(uri, null);
      manager.createCache("c", Space.types(String.class, String.class)).put("k", "v");
      manager.enableManagement("c", true);
      assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(names(), null))
          .isNotEmpty()
          .noneMatch(name -> name.toString().contains(SECRET));

      secretless(() -> manager.getCache(null));
      secretless(() -> manager.unwrap(String.class));
      manager.close();
      secretless(() -> manager.getCache("c"));
      URI wrong = URI.create("redis://:" + SECRET + "x@127.0.0.1:" + server.port());
      Properties eager = new Properties();
      eager.setProperty("jcache-redis.connect", "eager");
      secretless(() -> provider.getCacheManager(wrong, null, eager));
      assertThat(manager.getURI()).isEqualTo(uri);
    }
  }

  private static ObjectName names() throws Exception {
    return new ObjectName("javax.cache:*");
  }

  private static void secretless(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isNotNull();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      assertThat(List.of(String.valueOf(at.getMessage()))).noneMatch(m -> m.contains(SECRET));
    }
  }
}
