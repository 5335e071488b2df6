// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.jcacheredis.feature.Kept.counts;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.management.AttributeList;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The settings of a local tier, and what JMX shows of it. */
class LocalSettingsIT {
  private static final int MANY = 100;

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  private static RedisCacheConfiguration<String, String> strings() {
    return new RedisCacheConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setStatisticsEnabled(true)
        .setting("local.enabled", true);
  }

  private RedisCache<String, String> cache(RedisCacheConfiguration<String, String> configuration) {
    return Space.cache(space.manager(), "c", configuration);
  }

  /** Stores entries of 100 and some bytes, and then has them all read. */
  private RedisCache<String, String> readAll(
      RedisCacheConfiguration<String, String> configuration) {
    Set<String> keys = IntStream.range(0, MANY).mapToObj(i -> "k" + i).collect(Collectors.toSet());
    RedisCache<String, String> writer = space.strings("c");
    keys.forEach(key -> writer.put(key, "x".repeat(100)));
    RedisCache<String, String> cache = cache(configuration);
    assertThat(cache.getAll(keys)).hasSize(MANY);
    return cache;
  }

  @Test
  void maxEntries_bound_othersAreEvictedAndCounted() {
    RedisCache<String, String> cache = readAll(strings().setting("local.max-entries", 10));

    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(counts(cache).getLocalEntries()).isEqualTo(10);
              assertThat(counts(cache).getLocalEvictions()).isEqualTo(MANY - 10);
            });
    assertThat(counts(cache).getLocalInvalidations()).isZero();
    assertThat(counts(cache).getCacheEvictions()).isZero();
  }

  @Test
  void maxWeight_bound_bytesAreBounded() {
    RedisCache<String, String> cache = readAll(strings().setting("local.max-weight", "2KiB"));

    Awaitility.await()
        .untilAsserted(() -> assertThat(counts(cache).getLocalEntries()).isBetween(10L, 20L));
    assertThat(counts(cache).getLocalEvictions()).isEqualTo(MANY - counts(cache).getLocalEntries());
  }

  @Test
  void ttl_over_asksTheServerAgain() {
    space.strings("c").put("k", "v");
    RedisCache<String, String> cache = cache(strings().setting("local.ttl", "300ms"));
    cache.get("k");
    assertThat(counts(cache).getLocalEntries()).isEqualTo(1);

    Awaitility.await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              long misses = counts(cache).getLocalMisses();
              cache.get("k");
              return counts(cache).getLocalMisses() > misses;
            });
    assertThat(counts(cache).getLocalInvalidations()).isZero();
  }

  @Test
  void accessExpiry_warn_readsTheServerEachTime() {
    RedisCache<String, String> cache =
        cache(strings().setExpiryPolicyFactory(accessed()).setting("local.access-expiry", "warn"));
    cache.put("k", "v");
    cache.get("k");

    assertThat(probe.commandsDuring(() -> cache.get("k"))).containsEntry("getex", 1L);
    assertThat(counts(cache).getLocalHits()).isZero();
    assertThat(counts(cache).getLocalMisses()).isZero();
  }

  @Test
  void accessExpiry_refuse_failsAndLeavesNoCache() {
    CacheManager manager = space.manager();
    RedisCacheConfiguration<String, String> refusing =
        strings()
            .setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
            .setting("local.access-expiry", "refuse");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager.createCache("c", refusing))
        .withMessageStartingWith("cache 'c': local.enabled is true, and its expiry policy renews")
        .withMessageContaining("set local.enabled to false");

    assertThat(manager.getCacheNames()).isEmpty();
    manager.createCache("c", refusing.setting("local.enabled", false));
  }

  private static Factory<ExpiryPolicy> accessed() {
    return AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR);
  }

  @Test
  void enabledByATemplate_holdsForItsCachesAlone() {
    CacheManager manager = space.manager("templates.\"near-*\".local.enabled=true");
    for (String name : new String[] {"near-c", "far-c"}) {
      space.strings(name).put("k", "v");
      RedisCache<String, String> cache =
          Space.cache(
              manager, name, Space.types(String.class, String.class).setStatisticsEnabled(true));
      cache.get("k");
      assertThat(counts(cache).getLocalEntries()).isEqualTo(name.equals("near-c") ? 1 : 0);
    }
  }

  @Test
  void jmx_attributes_showTheTier() throws Exception {
    String name = space.namespace(); // no other cache of this JVM
    space.strings(name).put("k", "v");
    RedisCache<String, String> cache = Space.cache(space.manager(), name, strings());
    cache.get("k");
    cache.get("k");

    var server = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> beans =
        server.queryNames(
            new ObjectName("javax.cache:type=CacheStatistics,Cache=" + name + ",*"), null);
    assertThat(beans).hasSize(1);
    String[] attributes = {
      "CacheHits",
      "LocalHits",
      "LocalMisses",
      "LocalEntries",
      "LocalEvictions",
      "LocalInvalidations",
      "SubscriptionGaps"
    };
    AttributeList values = server.getAttributes(beans.iterator().next(), attributes);
    assertThat(values.asList()).extracting("value").containsExactly(2L, 1L, 1L, 1L, 0L, 0L, 0L);
    cache.unwrap(org.jcacheredis.RedisCacheStatisticsMXBean.class).clear();
    values = server.getAttributes(beans.iterator().next(), attributes);
    assertThat(values.asList()).extracting("value").containsExactly(0L, 0L, 0L, 1L, 0L, 0L, 0L);
  }
}
