// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.CacheManager;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two providers stand for two JVMs. */
class Bucket4jExampleIT {
  private final CacheManager one = manager();
  private final CacheManager other = manager();

  private static CacheManager manager() {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.namespace", "bucket4j-example");
    return new RedisCachingProvider()
        .getCacheManager(
            TestServers.shared().uri(), Bucket4jExampleIT.class.getClassLoader(), settings);
  }

  @AfterEach
  void cleanUp() {
    one.destroyCache("buckets");
    one.close();
    other.close();
  }

  @Test
  void mayCall_moreOftenThanAllowedInTwoJvms_grantsExactlyTheLimit() throws Exception {
    Bucket4jExample here = new Bucket4jExample(one);
    Bucket4jExample there = new Bucket4jExample(other);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 2 * Bucket4jExample.CALLS; i++) {
      calls.add(() -> here.mayCall("ada"));
      calls.add(() -> there.mayCall("ada"));
    }

    assertThat(granted(calls)).isEqualTo(Bucket4jExample.CALLS);
    assertThat(there.mayCall("alan")).isTrue();
  }

  private static long granted(List<Callable<Boolean>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    long granted = 0;
    try {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        granted += call.get() ? 1 : 0;
      }
    } finally {
      threads.shutdownNow();
    }
    return granted;
  }
}
