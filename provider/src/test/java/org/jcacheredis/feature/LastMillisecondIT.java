// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.awaitility.Awaitility;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.processor.LuaProcessors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * In the last millisecond of a field's life the servers' commands do not agree: on Redis HPTTL says
 * that there is no field, and on Valkey KEEPTTL takes the lifetime away.
 */
@NeedsFieldLifetimes
class LastMillisecondIT {
  private static final int ENDS = 40;

  @AutoClose private final Space space = Space.shared();

  private static RedisCacheConfiguration<String, String> strings(Factory<ExpiryPolicy> policy) {
    return new RedisCacheConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setExpiryPolicyFactory(policy)
        .setting("layout", "hash");
  }

  @Test
  void update_thatKeepsTheLifetime_neverMakesAnEntryEternal() {
    RedisCache<String, String> cache =
        Space.cache(space.manager(), "c", strings(EternalExpiryPolicy.factoryOf()));
    List<BooleanSupplier> updates =
        List.of(
            () -> cache.replace("k", "v"),
            () -> cache.replace("k", "v", "v"),
            () -> cache.getAndReplace("k", "v") != null,
            () -> cache.invoke("k", LuaProcessors.compareAndSet("v", "v")),
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      if (entry.exists()) {
                        entry.setValue("v");
                      }
                      return entry.exists();
                    }));
    for (int end = 0; end < ENDS; end++) {
      for (int update = 0; update < updates.size(); update++) {
        BooleanSupplier each = updates.get(update);
        cache.put("k", "v", Duration.ofMillis(2));
        Awaitility.await("the end behind update " + update)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofNanos(1))
            .atMost(Duration.ofSeconds(2))
            .until(() -> !each.getAsBoolean());
      }
    }
  }

  private record Ends(Set<String> keys) implements CacheEntryExpiredListener<String, String> {
    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(event -> keys.add(event.getKey()));
    }
  }

  @Test
  void expired_afterAnUpdateThatKeepsTheLifetime_isToldOfEachEntry() {
    Set<String> heard = ConcurrentHashMap.newKeySet();
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "e",
            strings(
                    CreatedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 60)))
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        () -> new Ends(heard), null, false, false)));
    Set<String> updated = new TreeSet<>();
    for (int i = 0; i < Integer.getInteger("last.rounds", 20); i++) {
      int round = i;
      Map<String, String> some =
          IntStream.range(0, 200).boxed().collect(Collectors.toMap(k -> round + "." + k, k -> "v"));
      cache.putAll(some);
      some.keySet().stream().filter(key -> cache.replace(key, "w")).forEach(updated::add);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(
            () ->
                assertThat(updated.stream().filter(key -> !heard.contains(key)).toList())
                    .as("of %s not told", updated.size())
                    .isEmpty());
  }
}
