// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings from all sources, seen from the caches that they make. */
@EveryLayout
class ConfigurationIT {
  private static final String[] DECLARED = {
    "caches.users.key-type=java.lang.String",
    "caches.users.value-type=org.jcacheredis.feature.Thing",
    "caches.users.expiry.created=1m",
    "caches.users.statistics=true",
    "caches.plain.expiry.created=1h"
  };

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void getCache_ofADeclaredName_givesTheCacheThatTheSettingsDescribe() {
    CacheManager manager = space.manager(DECLARED);

    Cache<String, Thing> users = manager.getCache("users", String.class, Thing.class);
    users.put("k", Thing.of("x"));

    assertThat((Object) manager.getCache("users")).isSameAs(users);
    assertThat(users.getConfiguration(CompleteConfiguration.class).isStatisticsEnabled()).isTrue();
    assertThat(space.stored(probe, "users", "k").lifetime()).isBetween(50_000L, 60_000L);
    assertThat(manager.getCacheNames()).containsExactly("plain", "users");
  }

  @Test
  void getCache_ofADeclaredNameWithoutTypes_takesThoseOfTheFirstCall() {
    CacheManager manager = space.manager(DECLARED);

    Cache<Object, Object> untyped = manager.getCache("users");
    Cache<String, Long> plain = manager.getCache("plain", String.class, Long.class);

    assertThat(untyped.getConfiguration(CompleteConfiguration.class).getValueType())
        .isEqualTo(Thing.class);
    assertThat(plain.getConfiguration(CompleteConfiguration.class).getValueType())
        .isEqualTo(Long.class);
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> manager.getCache("plain", String.class, String.class))
        .withMessageContaining("cache 'plain': its value type is java.lang.Long");
  }

  @Test
  void getCache_ofADeclaredNameWithOtherTypes_isRefused() {
    CacheManager manager = space.manager(DECLARED);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> manager.getCache("users", String.class, Long.class))
        .withMessageContaining("cache 'users': property 'value-type'");

    assertThat((Object) manager.getCache("users", String.class, Thing.class)).isNotNull();
  }

  @Test
  void createCache_ofADeclaredName_mergesCodeAndSettings() {
    CacheManager manager = space.manager(DECLARED);

    Cache<String, Thing> users =
        manager.createCache("users", new MutableConfiguration<String, Thing>());
    users.put("k", Thing.of("x"));

    CompleteConfiguration<?, ?> merged = users.getConfiguration(CompleteConfiguration.class);
    assertThat(merged.getKeyType()).isEqualTo(String.class);
    assertThat(merged.getValueType()).isEqualTo(Thing.class);
    assertThat(merged.isStatisticsEnabled()).isTrue();
    assertThat(space.stored(probe, "users", "k").lifetime()).isBetween(50_000L, 60_000L);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> manager.createCache("users", new MutableConfiguration<>()))
        .withMessageContaining("cache 'users' exists already");
  }

  @Test
  void createCache_withAnExpiryPolicyInCode_goesBeforeTheSettings() {
    Cache<String, Thing> users =
        space
            .manager(DECLARED)
            .createCache(
                "users",
                Space.types(String.class, Thing.class)
                    .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(
                            new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10))));

    users.put("k", Thing.of("x"));

    assertThat(space.stored(probe, "users", "k").lifetime()).isBetween(1L, 10_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.orders, 600000",
    "com.acme.session.web, 60000",
    "org.example, 3600000",
    "exact, 20000"
  })
  void createCache_bare_getsTheLifetimeOfTheBestTemplate(String name, long expected) {
    CacheManager manager =
        space.manager(
            "cache-defaults.expiry.created=1h",
            "templates.\"com.acme.*\".expiry.created=10m",
            "templates.\"com.acme.session.*\".expiry.created=1m",
            "caches.exact.expiry.created=20s");

    RedisCache<Object, Object> cache =
        Space.cache(manager, name, new MutableConfiguration<Object, Object>());
    cache.put("k", "v");

    assertThat(cache.remainingTtl("k").orElseThrow().toMillis()).isBetween(expected / 2, expected);
  }

  @Test
  void createCache_withSettingsInCode_goesBeforeAllOthers() {
    RedisCacheConfiguration<String, String> inCode =
        new RedisCacheConfiguration<String, String>()
            .setting("expiry.created", Duration.ofSeconds(10))
            .setting("codec.name", "raw");
    inCode.setTypes(String.class, String.class);
    CacheManager manager = space.manager("caches.c.expiry.created=1m", "caches.c.codec.name=java");

    manager.createCache("c", inCode).put("k", "v");
    inCode.setting("codec.name", "json"); // createCache has taken a copy

    assertThat(space.stored(probe, "c", "k").text()).isEqualTo("v");
    assertThat(space.stored(probe, "c", "k").lifetime()).isBetween(1L, 10_000L);
  }

  @Test
  void createCache_withAWrongSettingInCode_saysSoAndLeavesTheNameFree() {
    CacheManager manager = space.manager();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                manager.createCache("c", new RedisCacheConfiguration<>().setting("ttl-jiter", 10)))
        .withMessageContaining("ttl-jiter")
        .withMessageContaining("ttl-jitter");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                manager.createCache(
                    "c", new RedisCacheConfiguration<>().setting("ttl-jitter", 101)))
        .withMessageContaining("'ttl-jitter' is '101'");

    assertThat(manager.getCacheNames()).isEmpty();
    assertThat((Object) manager.createCache("c", new MutableConfiguration<>())).isNotNull();
  }

  @Test
  void getCacheManager_withWrongSettings_namesThemAllAndOpensNothing() {
    CachingProvider provider = new RedisCachingProvider();
    Properties wrong =
        space.properties("comand-timeout=1s", "pool.max-size=many", "caches.c.ttl-jitter=x");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> provider.getCacheManager(space.uri(), null, wrong))
        .withMessageContaining("comand-timeout")
        .withMessageContaining("'jcache-redis.pool.max-size' is 'many'")
        .withMessageContaining("ttl-jitter");

    try (CacheManager manager =
        provider.getCacheManager(space.uri(), null, space.properties("pool.max-size=2"))) {
      assertThat(manager.isClosed()).isFalse();
    }
  }

  @Test
  void namespaces_doNotSeeEachOther() {
    RedisCache<String, String> cache = space.strings("c");
    try (Space neighbour = Space.shared()) {
      RedisCache<String, String> other = neighbour.strings("c");
      cache.put("k", "mine");
      other.put("k", "other");
      other.put("k2", "other");

      assertThat(cache.get("k")).isEqualTo("mine");
      assertThat(cache.size()).isEqualTo(1);
      cache.clear();
      assertThat(other.size()).isEqualTo(2);
      assertThat(cache.get("k2")).isNull();
    }
  }
}
