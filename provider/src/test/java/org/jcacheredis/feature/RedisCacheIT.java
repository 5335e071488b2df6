// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** What {@link RedisCache} adds to {@code javax.cache}, and what a cache can be unwrapped to. */
@EveryLayout
class RedisCacheIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void putWithTtl_overAnExpiryPolicy_livesAsLongAsTheCallSays() {
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "c",
            Space.types(String.class, String.class)
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(SECONDS, 5))));

    cache.put("policy", "v");
    cache.put("call", "v", MINUTE);
    cache.put("policy-then-call", "v");
    cache.put("policy-then-call", "w", MINUTE);

    assertThat(space.stored(probe, "c", "policy").lifetime()).isBetween(1L, 5_000L);
    assertThat(space.stored(probe, "c", "call").lifetime()).isBetween(50_000L, 60_000L);
    assertThat(space.stored(probe, "c", "policy-then-call").lifetime()).isBetween(50_000L, 60_000L);
    assertThat(cache.get("policy-then-call")).isEqualTo("w");
  }

  @Test
  void putWithTtl_policyThatMustBeAsked_asksNothing() {
    RecordingExpiryPolicy policy =
        RecordingExpiryPolicy.of(javax.cache.expiry.Duration.ETERNAL, null, null);
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "c",
            Space.types(String.class, String.class).setExpiryPolicyFactory(policy.factory()));

    Map<String, Long> commands = probe.commandsDuring(() -> cache.put("k", "v", MINUTE));

    assertThat(commands)
        .containsEntry(setsWithLifetime(), 1L)
        .doesNotContainKeys("exists", "hexists");
    assertThat(policy.count(RecordingExpiryPolicy.Call.CREATION)).isZero();
    assertThat(space.stored(probe, "c", "k").lifetime()).isBetween(50_000L, 60_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S"})
  void putWithTtl_notPositive_isRefusedAndStoresNothing(String ttl) {
    RedisCache<String, String> cache = space.strings("c");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.put("k", "v", Duration.parse(ttl)))
        .withMessage("cache 'c': ttl is '" + ttl + "'; expected a positive duration");

    assertThat(space.keys(probe)).isEmpty();
  }

  @Test
  void putWithTtl_nullArgumentOrClosed_isRefused() {
    RedisCache<String, String> cache = space.strings("c");

    assertThatNullPointerException().isThrownBy(() -> cache.put("k", "v", null));
    assertThatNullPointerException().isThrownBy(() -> cache.put("k", null, MINUTE));
    assertThatNullPointerException().isThrownBy(() -> cache.put(null, "v", MINUTE));
    assertThatNullPointerException().isThrownBy(() -> cache.remainingTtl(null));
    cache.close();

    assertThatIllegalStateException().isThrownBy(() -> cache.put("k", "v", MINUTE));
    assertThatIllegalStateException().isThrownBy(() -> cache.remainingTtl("k"));
    assertThatIllegalStateException().isThrownBy(cache::size);
  }

  @Test
  void putWithTtl_longerThanTheServerCanCount_isEternal() {
    RedisCache<String, String> cache = space.strings("c");

    cache.put("huge", "v", Duration.ofSeconds(Long.MAX_VALUE));
    cache.put("counted", "v", Duration.ofDays(365L * 1_000));

    assertThat(space.stored(probe, "c", "huge").lifetime()).isEqualTo(-1);
    assertThat(cache.remainingTtl("huge")).contains(RedisCache.ETERNAL);
    assertThat(cache.remainingTtl("counted").orElseThrow().toDays())
        .isBetween(365L * 1_000 - 1, 365L * 1_000);
  }

  @Test
  void putWithTtl_belowAMillisecond_countsAsOne() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "v", MINUTE);

    // "SET .. PX 0" would be refused by the server
    cache.put("k", "w", Duration.ofNanos(1));

    Awaitility.await().until(() -> !cache.containsKey("k"));
  }

  @Test
  void putWithTtl_listenerWriterStatistics_areServedAsByPut() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    RecordingWriter<String, String> writer = new RecordingWriter<>();
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "c",
            Space.types(String.class, String.class)
                .setWriteThrough(true)
                .setCacheWriterFactory(writer.factory())
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));

    cache.put("k", "v", MINUTE);
    cache.put("k", "w", MINUTE);

    assertThat(listener.types()).containsExactly(EventType.CREATED, EventType.UPDATED);
    assertThat(listener.events().get(1).oldValue()).isEqualTo("v");
    assertThat(writer.database()).containsEntry("k", "w");
    assertThat(cache.unwrap(CacheStatisticsMXBean.class).getCachePuts()).isEqualTo(2);
  }

  @Test
  void putWithTtl_isOneRoundTripThatTheServerTimes() {
    RedisCache<String, String> cache = space.strings("c");
    cache.remove("asks who listens");

    assertThat(commandsOf(() -> cache.put("k", "v", MINUTE)))
        .isEqualTo(Map.of(setsWithLifetime(), 1L));
    assertThat(commandsOf(() -> cache.remainingTtl("k")))
        .isEqualTo(Map.of(Space.inHashes() ? "hpttl" : "pttl", 1L));
  }

  /** Without what idle connections say now and then. */
  private Map<String, Long> commandsOf(Runnable action) {
    Map<String, Long> commands = new HashMap<>(probe.commandsDuring(action));
    commands.remove("ping");
    return commands;
  }

  private static String setsWithLifetime() {
    return Space.inHashes() ? "hsetex" : "set";
  }

  @Test
  void remainingTtl_absentEternalExpiring_saysWhich() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("eternal", "v");
    cache.put("expiring", "v", MINUTE);

    assertThat(cache.remainingTtl("absent")).isEmpty();
    assertThat(cache.remainingTtl("eternal")).contains(RedisCache.ETERNAL);
    assertThat(cache.remainingTtl("expiring").orElseThrow())
        .isBetween(Duration.ofSeconds(50), MINUTE);
  }

  @Test
  void size_amongForeignKeysAndOtherCaches_countsItsOwnEntries() {
    var manager = space.manager("cache-defaults.scan-size=7");
    RedisCache<String, String> cache =
        Space.cache(manager, "c", Space.types(String.class, String.class));
    RedisCache<String, String> longer =
        Space.cache(manager, "c:x", Space.types(String.class, String.class));
    RedisCache<String, String> glob =
        Space.cache(manager, "*", Space.types(String.class, String.class));
    assertThat(cache.size()).isZero();

    IntStream.range(0, 100).forEach(i -> cache.put("k" + i, "v"));
    IntStream.range(0, 30).forEach(i -> longer.put("k" + i, "v"));
    probe.set(space.namespace() + ":c", "foreign");
    probe.set(space.namespace() + ":c!load:k", "a lease");
    probe.set(space.namespace() + ":cc:k", "foreign");

    assertThat(cache.size()).isEqualTo(100);
    assertThat(longer.size()).isEqualTo(30);
    assertThat(glob.size()).isZero();
    cache.clear();
    assertThat(cache.size()).isZero();
    assertThat(longer.size()).isEqualTo(30);
  }

  @Test
  void unwrap_toWhatItIs_givesIt() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "v");

    assertThat(cache.unwrap(Cache.class)).isSameAs(cache);
    assertThat(cache.unwrap(RedisCache.class)).isSameAs(cache);
    String key = space.stored(probe, "c", "k").key();
    assertThat(cache.unwrap(RedisClient.class).exists(key)).isTrue();
    assertThat(cache.unwrap(UnifiedJedis.class).exists(key)).isTrue();
    assertThat(cache.getCacheManager().unwrap(UnifiedJedis.class))
        .isSameAs(cache.unwrap(UnifiedJedis.class));
    assertThat(cache.unwrap(CacheMXBean.class).getValueType()).isEqualTo("java.lang.String");
    assertThat(cache.unwrap(CacheStatisticsMXBean.class).getCacheGets()).isZero();
  }

  @ParameterizedTest
  @ValueSource(classes = {Jedis.class, String.class, Map.class, java.sql.Connection.class})
  void unwrap_toAnythingElse_isRefused(Class<?> type) {
    RedisCache<String, String> cache = space.strings("c");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.unwrap(type))
        .withMessage("cache 'c' cannot be unwrapped to " + type.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.getCacheManager().unwrap(type))
        .withMessageContaining("cannot be unwrapped to " + type.getName());
  }

  @Test
  void ttlJitter_ofAThousandEntries_spreadsDownwardWithinItsShare() {
    RedisCache<String, String> cache = jittered();
    Map<String, String> entries = new HashMap<>();
    IntStream.range(0, 1000).forEach(i -> entries.put("k" + i, "v"));

    cache.putAll(entries);

    List<Long> lifetimes =
        entries.keySet().stream().map(key -> space.stored(probe, "c", key).lifetime()).toList();
    // 20 per cent of 1000 s, and some seconds for the test itself
    assertThat(lifetimes).allSatisfy(left -> assertThat(left).isBetween(790_000L, 1_000_000L));
    assertThat(lifetimes).anySatisfy(left -> assertThat(left).isLessThan(820_000));
    assertThat(lifetimes).anySatisfy(left -> assertThat(left).isGreaterThan(980_000));
    assertThat(lifetimes.stream().mapToLong(left -> left).average().orElseThrow())
        .isBetween(880_000.0, 920_000.0);
    assertThat(lifetimes.stream().distinct().count()).isGreaterThan(900);
  }

  @Test
  void ttlJitter_ofALifetimeGivenByTheCall_leavesItExact() {
    RedisCache<String, String> cache = jittered();

    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, "v", Duration.ofSeconds(1000));
    }

    for (int i = 0; i < 50; i++) {
      assertThat(space.stored(probe, "c", "k" + i).lifetime()).isBetween(990_000L, 1_000_000L);
    }
  }

  private RedisCache<String, String> jittered() {
    return Space.cache(
        space.manager(),
        "c",
        new RedisCacheConfiguration<>(
                Space.types(String.class, String.class)
                    .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(
                            new javax.cache.expiry.Duration(SECONDS, 1000))))
            .setting("ttl-jitter", "20%"));
  }
}
