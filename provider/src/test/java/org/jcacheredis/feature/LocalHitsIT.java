// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.jcacheredis.feature.Kept.counts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCacheStatisticsMXBean;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Reads that a local tier answers. Entries are written by another manager before the tier hears of
 * anything, so that the first read keeps them.
 */
class LocalHitsIT {
  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();
  private final RedisCache<String, String> writer = space.strings("c");

  private static <K, V> RedisCacheConfiguration<K, V> local(Class<K> keys, Class<V> values) {
    return new RedisCacheConfiguration<K, V>()
        .setTypes(keys, values)
        .setStatisticsEnabled(true)
        .setting("local.enabled", true);
  }

  private RedisCache<String, String> strings() {
    return Space.cache(space.manager(), "c", local(String.class, String.class));
  }

  /** What the server is asked; a link to it that is silent is tried now and then. */
  private Map<String, Long> asked(Runnable reads) {
    Map<String, Long> commands = probe.commandsDuring(reads);
    commands.remove("ping");
    return commands;
  }

  @Test
  void get_again_asksNobodyAndCountsAHit() {
    writer.put("k", "v");
    RedisCache<String, String> cache = strings();

    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(asked(() -> assertThat(cache.get("k")).isEqualTo("v"))).isEmpty();

    RedisCacheStatisticsMXBean counts = counts(cache);
    assertThat(counts.getCacheHits()).isEqualTo(2);
    assertThat(counts.getLocalHits()).isEqualTo(1);
    assertThat(counts.getLocalMisses()).isEqualTo(1);
    assertThat(counts.getCacheMisses()).isZero();
    assertThat(counts.getLocalEntries()).isEqualTo(1);
  }

  @Test
  void get_absentKey_isNotRemembered() {
    RedisCache<String, String> cache = strings();

    assertThat(cache.get("k")).isNull();
    assertThat(cache.get("k")).isNull();

    assertThat(counts(cache).getLocalMisses()).isEqualTo(2);
    assertThat(counts(cache).getCacheMisses()).isEqualTo(2);
    assertThat(counts(cache).getLocalEntries()).isZero();
  }

  @Test
  void getAll_partlyKept_asksForTheOthersInOneTrip() {
    writer.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared())) {
      RedisCache<String, String> cache =
          Space.cache(space.manager(proxy.uri()), "c", local(String.class, String.class));
      cache.getAll(Set.of("a", "b"));
      proxy.resetCounts();

      Map<String, Long> commands =
          asked(
              () ->
                  assertThat(cache.getAll(Set.of("a", "b", "c", "d", "absent")))
                      .isEqualTo(Map.of("a", "1", "b", "2", "c", "3", "d", "4")));

      assertThat(commands).isEqualTo(Map.of("mget", 1L, "pttl", 3L));
      assertThat(proxy.roundTrips()).isLessThanOrEqualTo(2); // a PING may be among them
      assertThat(asked(() -> cache.getAll(Set.of("a", "b", "c", "d")))).isEmpty();
      assertThat(counts(cache).getLocalHits()).isEqualTo(6);
      assertThat(counts(cache).getCacheHits()).isEqualTo(10);
      assertThat(counts(cache).getCacheMisses()).isEqualTo(1);
      cache.getCacheManager().close();
    }
  }

  @Test
  void containsKey_ofAKeptKey_asksNobodyAndCountsNothing() {
    writer.put("k", "v");
    RedisCache<String, String> cache = strings();
    cache.get("k");

    assertThat(asked(() -> assertThat(cache.containsKey("k")).isTrue())).isEmpty();

    assertThat(cache.containsKey("absent")).isFalse();
    assertThat(counts(cache).getCacheGets()).isEqualTo(1);
    assertThat(counts(cache).getLocalHits()).isZero();
  }

  @Test
  void iterator_withAKeptKey_readsTheServer() {
    writer.putAll(Map.of("a", "1", "b", "2"));
    RedisCache<String, String> cache = strings();
    cache.get("a");
    probe.del(space.entry("c", "a"));

    assertThat(cache.iterator()).toIterable().extracting("key").containsExactly("b");
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.remainingTtl("a")).isEmpty();
  }

  @Test
  void get_withoutStatistics_countsNothing() {
    writer.put("k", "v");
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(), "c", local(String.class, String.class).setStatisticsEnabled(false));
    cache.get("k");

    assertThat(asked(() -> cache.get("k"))).isEmpty();

    assertThat(counts(cache).getLocalHits()).isZero();
    assertThat(counts(cache).getLocalMisses()).isZero();
    assertThat(counts(cache).getCacheGets()).isZero();
    assertThat(counts(cache).getLocalEntries()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("rawtypes") // the class that the configuration declares
  void get_valueThatCanBeChanged_givesEachCallerACopy() {
    Space.cache(space.manager(), "lists", Space.types(String.class, ArrayList.class))
        .put("k", new ArrayList<>(List.of("a")));
    RedisCache<String, ArrayList> cache =
        Space.cache(space.manager(), "lists", local(String.class, ArrayList.class));

    ArrayList first = cache.get("k");
    ArrayList second = cache.get("k");
    first.clear();
    second.clear();

    assertThat(counts(cache).getLocalHits()).isEqualTo(1);
    assertThat((Object) cache.get("k")).isEqualTo(List.of("a"));
  }

  @Test
  void get_valueOfAnImmutableType_givesOneObjectToAll() {
    Space.cache(space.manager(), "things", Space.types(String.class, Thing.class))
        .put("k", Thing.of("a"));
    RedisCache<String, Thing> copying =
        Space.cache(space.manager(), "things", local(String.class, Thing.class));
    RedisCache<String, Thing> sharing =
        Space.cache(
            space.manager(),
            "things",
            local(String.class, Thing.class)
                .setting("local.immutable-types", Thing.class.getName()));

    assertThat(copying.get("k")).isNotSameAs(copying.get("k")).isEqualTo(copying.get("k"));
    assertThat(sharing.get("k")).isSameAs(sharing.get("k")).isEqualTo(Thing.of("a"));
  }

  @Test
  void get_keysOfAllKinds_areKept() {
    List<Object> keys = List.of("7", 7, 7L, Thing.of("a"), List.of("x", 1), 'c');
    RedisCache<Object, Object> plain =
        Space.cache(space.manager(), "any", Space.types(Object.class, Object.class));
    keys.forEach(key -> plain.put(key, "value of " + key.getClass()));
    RedisCache<Object, Object> cache =
        Space.cache(space.manager(), "any", local(Object.class, Object.class));

    for (int i = 0; i < 2; i++) {
      for (Object key : keys) {
        assertThat(cache.get(key)).isEqualTo("value of " + key.getClass());
      }
    }

    assertThat(counts(cache).getLocalHits()).isEqualTo(keys.size());
    assertThat(counts(cache).getLocalEntries()).isEqualTo(keys.size());
    for (Object key : keys) {
      cache.put(key, "new");
      assertThat(cache.get(key)).isEqualTo("new");
    }
  }

  @Test
  void get_readThrough_loadsOnceAndIsThenKept() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded " + key);
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "c",
            local(String.class, String.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory()));
    writer.put("stored", "v");

    assertThat(cache.get("k")).isEqualTo("loaded k");
    Kept.await(cache, "k");
    assertThat(asked(() -> assertThat(cache.get("k")).isEqualTo("loaded k"))).isEmpty();
    assertThat(cache.getAll(Set.of("k", "stored", "j")))
        .isEqualTo(Map.of("k", "loaded k", "stored", "v", "j", "loaded j"));

    assertThat(loader.loads()).containsExactly("k");
    assertThat(loader.bulkLoads()).singleElement().isEqualTo(List.of("j"));
  }

  @Test
  void get_nullOrClosed_isRefusedAsEver() {
    writer.put("k", "v");
    RedisCache<String, String> cache = strings();
    cache.get("k");
    cache.get("k");

    assertThatNullPointerException().isThrownBy(() -> cache.get(null));
    cache.close();
    assertThatIllegalStateException().isThrownBy(() -> cache.get("k"));
    assertThatIllegalStateException().isThrownBy(() -> cache.get(null));
    assertThatIllegalStateException().isThrownBy(() -> cache.containsKey("k"));
    assertThatIllegalStateException().isThrownBy(() -> cache.getAll(Set.of("k")));
  }
}
