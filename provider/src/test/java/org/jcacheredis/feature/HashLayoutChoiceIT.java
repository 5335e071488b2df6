// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcacheredis.feature.Kept.counts;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListener;
import javax.management.ObjectName;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.manyjvms.CapturedLog;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a layout on a server that can give fields of hashes a lifetime. */
@NeedsFieldLifetimes
class HashLayoutChoiceIT {
  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();
  private final String mark = space.namespace() + ":c!layout";

  private static RedisCacheConfiguration<String, String> strings(String layout) {
    return new RedisCacheConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setting("layout", layout);
  }

  private RedisCache<String, String> cache(RedisCacheConfiguration<String, String> configuration) {
    return Space.cache(space.manager(), "c", configuration);
  }

  private static void assertIsIn(RedisCache<String, String> cache, String layout, int partitions) {
    assertThat(counts(cache).getLayout()).isEqualTo(layout);
    assertThat(counts(cache).getPartitions()).isEqualTo(partitions);
  }

  @Test
  void hash_entries_areInTheDefaultNumberOfHashes() {
    RedisCache<String, String> cache = cache(strings("hash"));
    IntStream.range(0, 2000).forEach(i -> cache.put("k" + i, "v"));

    assertIsIn(cache, "hash", 64);
    assertThat(probe.get(mark)).isEqualTo("hash:64");
    List<String> expected =
        new ArrayList<>(
            IntStream.range(0, 64).mapToObj(p -> space.namespace() + ":c#" + p).toList());
    expected.add(mark);
    assertThat(probe.keys(space.namespace() + ":*")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(cache.get("k1")).isEqualTo("v");
  }

  @Test
  void hash_partitionsLeftOut_areThoseOfTheOthers() {
    cache(strings("hash").setting("partitions", 4)).put("k", "v");

    for (String layout : new String[] {"hash", "auto"}) {
      RedisCache<String, String> follower = cache(strings(layout));
      assertIsIn(follower, "hash", 4);
      assertThat(follower.get("k")).isEqualTo("v");
    }
    assertIsIn(cache(strings("auto").setting("partitions", 4)), "hash", 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "auto"})
  void partitions_thatDisagree_areRefused(String layout) {
    cache(strings("hash").setting("partitions", 4)).close();
    assertThatThrownBy(() -> cache(strings(layout).setting("partitions", 8)))
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "cache 'c': partitions is '8', but %s in the server says 'hash:4'; leave partitions out, or destroy the cache first",
            mark);
  }

  @Test
  void hash_cacheThatOthersHaveInKeys_isRefused() {
    probe.set(mark, "keys");
    assertThatThrownBy(() -> cache(strings("hash")))
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "cache 'c': layout is 'hash', but %s in the server says 'keys'; set layout = keys or auto, or destroy the cache first",
            mark);
    assertIsIn(cache(strings("auto")), "keys", 0);
  }

  @Test
  void keys_cacheThatOthersHaveInHashes_refusesItsFirstChange() {
    cache(strings("hash")).put("k", "v");
    RedisCache<String, String> keys = cache(strings("keys"));
    assertThatThrownBy(() -> keys.put("k", "w"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("set layout = hash or auto");
    assertThatThrownBy(keys::clear).isInstanceOf(CacheException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "hash", "auto"})
  void destroyCache_whateverTheLayoutHere_givesFreedomAgain(String destroyer) {
    cache(strings("hash").setting("partitions", 16)).put("k", "v");
    CacheManager other = space.manager();
    other.createCache("c", strings(destroyer));

    other.destroyCache("c");

    assertThat(probe.keys(space.namespace() + ":*")).isEmpty();
    RedisCache<String, String> next = cache(strings("hash").setting("partitions", 2));
    assertIsIn(next, "hash", 2);
    assertThat(next.get("k")).isNull();
  }

  @Test
  void close_ofAll_leavesEntriesAndNote() {
    CacheManager manager = space.manager();
    manager.createCache("c", strings("hash").setting("partitions", 16)).put("k", "v");
    manager.close();
    RedisCache<String, String> again = cache(strings("hash"));
    assertIsIn(again, "hash", 16);
    assertThat(again.get("k")).isEqualTo("v");
  }

  @Test
  void auto_nothingAgainstIt_choosesHashAndSaysSoOnce() {
    try (CapturedLog log = CapturedLog.open()) {
      assertIsIn(cache(strings("auto").setting("partitions", 32)), "hash", 32);
      assertThat(log.information("cache 'c': layout"))
          .singleElement()
          .asString()
          .contains("layout is 'hash:32': the server can, and nothing speaks against it");
    }
    assertThat(probe.get(mark)).isEqualTo("hash:32");
  }

  @Test
  void auto_localTier_choosesKeys() {
    assertIsIn(cache(strings("auto").setting("local.enabled", true)), "keys", 0);
    assertThat(probe.get(mark)).isEqualTo("keys");
  }

  @Test
  void auto_localTierOnACacheThatOthersHaveInHashes_isRefused() {
    cache(strings("hash"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache(strings("auto").setting("local.enabled", true)))
        .withMessageStartingWith("cache 'c': " + mark + " in the server says 'hash:64', and local");
  }

  /** Counts how often it is asked for its listener. */
  private static final class Counting implements Factory<CacheEntryListener<String, String>> {
    private static final long serialVersionUID = 1L;

    private final transient CacheEntryListener<String, String> listener;
    private int asked;

    Counting(CacheEntryListener<String, String> listener) {
      this.listener = listener;
    }

    @Override
    public CacheEntryListener<String, String> create() {
      asked++;
      return listener;
    }
  }

  @Test
  void auto_listenerOfExpiries_choosesKeysAndIsMadeOnce() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    Counting factory = new Counting(listener);
    RedisCache<String, String> cache =
        cache(strings("auto").addCacheEntryListenerConfiguration(synchronous(factory)));

    assertIsIn(cache, "keys", 0);
    assertThat(factory.asked).isEqualTo(1);
    cache.put("k", "v");
    assertThat(listener.events()).hasSize(1);
    cache.close();
    assertThat(listener.closeCount()).isEqualTo(1);
  }

  @Test
  void auto_listenerOfCreations_isNoObstacle() {
    List<Object> heard = new ArrayList<>();
    CacheEntryCreatedListener<String, String> listener = events -> events.forEach(heard::add);
    Counting factory = new Counting(listener);
    RedisCache<String, String> cache =
        cache(strings("auto").addCacheEntryListenerConfiguration(synchronous(factory)));

    assertIsIn(cache, "hash", 64);
    assertThat(factory.asked).isEqualTo(1);
    cache.put("k", "v");
    assertThat(heard).hasSize(1);
  }

  @Test
  void auto_creationThatFailsLater_closesTheListenersThatWereMade() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    Counting factory = new Counting(listener);
    assertThatThrownBy(
            () ->
                cache(
                    strings("auto")
                        .addCacheEntryListenerConfiguration(synchronous(factory))
                        .setExpiryPolicyFactory(
                            () -> {
                              throw new IllegalStateException("no policy");
                            })))
        .hasMessageContaining("no policy");
    assertThat(factory.asked).isEqualTo(1);
    assertThat(listener.closeCount()).isEqualTo(1);
  }

  private static MutableCacheEntryListenerConfiguration<String, String> synchronous(
      Factory<? extends CacheEntryListener<? super String, ? super String>> factory) {
    return new MutableCacheEntryListenerConfiguration<>(factory, null, false, true);
  }

  @ParameterizedTest
  @CsvSource({
    "0, allkeys-lru, hash",
    "100mb, noeviction, hash",
    "100mb, allkeys-lru, keys",
    "100mb, volatile-ttl, keys"
  })
  void auto_serverThatMayEvict_choosesKeys(String limit, String policy, String layout) {
    try (RedisServer own = RedisServer.start("--maxmemory", limit, "--maxmemory-policy", policy);
        Space there = Space.on(own)) {
      RedisCache<String, String> cache = Space.cache(there.manager(), "c", strings("auto"));
      assertThat(counts(cache).getLayout()).isEqualTo(layout);
    }
  }

  @Test
  void jmx_attributes_showTheLayout() throws Exception {
    String name = space.namespace(); // no other cache of this JVM
    Space.cache(
        space.manager(),
        name,
        strings("hash").setting("partitions", 128).setStatisticsEnabled(true));

    var server = ManagementFactory.getPlatformMBeanServer();
    ObjectName bean =
        server
            .queryNames(
                new ObjectName("javax.cache:type=CacheStatistics,Cache=" + name + ",*"), null)
            .iterator()
            .next();
    assertThat(server.getAttribute(bean, "Layout")).isEqualTo("hash");
    assertThat(server.getAttribute(bean, "Partitions")).isEqualTo(128);
  }
}
