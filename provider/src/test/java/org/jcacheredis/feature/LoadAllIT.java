// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code loadAll} with loaders that do not keep to their contract. */
@EveryLayout
class LoadAllIT {
  @AutoClose private final Space space = Space.shared();

  @Test
  void loadAll_loaderThrows_tellsTheListener() {
    RedisCache<String, String> cache =
        loading(
            keys -> {
              throw new IllegalStateException("not now");
            });

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> loadAll(cache, Set.of("a"), false))
        .havingCause()
        .isInstanceOf(CacheLoaderException.class)
        .withCauseInstanceOf(IllegalStateException.class);
    assertThat(cache.size()).isZero();
  }

  @Test
  void loadAll_loaderThrowsAnError_tellsTheListener() {
    RedisCache<String, String> cache =
        loading(
            keys -> {
              throw new LinkageError("a class is missing; this stack trace is part of the test");
            });

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> loadAll(cache, Set.of("a"), true))
        .havingCause()
        .isInstanceOf(CacheLoaderException.class)
        .withCauseInstanceOf(LinkageError.class);
  }

  @Test
  void loadAll_whileVeryManyAreAtWork_isRefusedAndWorksLater() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    RedisCache<String, String> cache =
        loading(
            keys -> {
              passed(opening);
              return valuesOf(keys);
            });
    List<CompletionListenerFuture> begun = new ArrayList<>();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                CompletionListenerFuture done = new CompletionListenerFuture();
                cache.loadAll(Set.of("k" + i), true, done);
                begun.add(done);
              }
            })
        .withMessageStartingWith("cache 'c': nothing was loaded; ");
    opening.countDown();
    for (CompletionListenerFuture done : begun) {
      done.get(10, TimeUnit.SECONDS);
    }

    assertThat(begun).hasSize(64);
    assertThat(cache.size()).isEqualTo(64);
    loadAll(cache, Set.of("later"), false);
    assertThat(cache.containsKey("later")).isTrue();
  }

  @Test
  void loadAll_cacheIsDestroyedMeanwhile_loadsAndStoresNoMore() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch destroyed = new CountDownLatch(1);
    AtomicInteger loads = new AtomicInteger();
    RedisCache<String, String> cache =
        loading(
            keys -> {
              loads.incrementAndGet();
              begun.countDown();
              passed(destroyed);
              return valuesOf(keys);
            },
            "cache-defaults.bulk-size=1");
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(Set.of("a", "b", "c"), true, done);
    passed(begun);
    cache.getCacheManager().destroyCache("c");
    destroyed.countDown();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> done.get(10, TimeUnit.SECONDS))
        .withRootCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("cache 'c' is closed");
    assertThat(loads).hasValue(1);
    assertThat(space.keys(space.probe())).isEmpty();
  }

  @Test
  void loadAll_loaderGivesNull_completesWithNothing() throws Exception {
    RedisCache<String, String> cache = loading(keys -> null);

    loadAll(cache, Set.of("a"), true);

    assertThat(cache.size()).isZero();
  }

  @Test
  void loadAll_loaderGivesNullsAndOtherKeys_storesWhatWasAskedFor() throws Exception {
    Map<String, String> given = new HashMap<>(Map.of("a", "va", "other", "vo"));
    given.put("b", null);
    RedisCache<String, String> cache = loading(keys -> given);

    loadAll(cache, Set.of("a", "b"), true);

    assertThat(cache.get("a")).isEqualTo("va");
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void loadAll_callerChangesItsSet_loadsWhatItWas() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    RedisCache<String, String> cache =
        loading(
            keys -> {
              passed(changed);
              return valuesOf(keys);
            });
    Set<String> keys = new HashSet<>(Set.of("a", "b"));
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(keys, true, done);
    keys.clear();
    keys.add("c");
    changed.countDown();
    done.get(10, TimeUnit.SECONDS);

    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "va", "b", "vb"));
  }

  @Test
  void loadAll_valuePutMeanwhile_isReplacedOnlyIfAskedFor() throws Exception {
    RedisCache<String, String>[] cache = newArray();
    cache[0] =
        loading(
            keys -> {
              keys.forEach(key -> cache[0].put(key, "meanwhile"));
              return valuesOf(keys);
            });

    loadAll(cache[0], Set.of("a"), false);
    assertThat(cache[0].get("a")).isEqualTo("meanwhile");
    loadAll(cache[0], Set.of("a"), true);

    assertThat(cache[0].get("a")).isEqualTo("va");
  }

  @Test
  void loadAll_manyKeys_comeInPipelines() throws Exception {
    RedisCache<String, String> cache = loading(LoadAllIT::valuesOf);
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1200; i++) {
      keys.add("k" + i);
    }

    loadAll(cache, keys, false);

    assertThat(cache.getAll(keys)).hasSize(1200).containsEntry("k7", "vk7");
  }

  @Test
  void loadAll_valueThatCannotBeStored_tellsTheListener() {
    RedisCache<String, Object> cache =
        Space.cache(
            space.manager(),
            "o",
            Space.types(String.class, Object.class)
                .setCacheLoaderFactory(() -> new Bulk<>(keys -> Map.of("a", new Thread()))));

    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("a"), true, done);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> done.get(10, TimeUnit.SECONDS))
        .havingCause()
        .withMessageContaining("cache 'o'")
        .withMessageContaining("java.lang.Thread is not allowed");
  }

  private static void loadAll(RedisCache<String, String> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get(10, TimeUnit.SECONDS);
  }

  private RedisCache<String, String> loading(
      Function<Iterable<? extends String>, Map<String, String>> function, String... settings) {
    return Space.cache(
        space.manager(settings),
        "c",
        Space.types(String.class, String.class).setCacheLoaderFactory(() -> new Bulk<>(function)));
  }

  private static Map<String, String> valuesOf(Iterable<? extends String> keys) {
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "v" + key));
    return values;
  }

  @SuppressWarnings("unchecked") // a place for a cache that its own loader needs
  private static RedisCache<String, String>[] newArray() {
    return new RedisCache[1];
  }

  private static void passed(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Bulk<V>(Function<Iterable<? extends String>, Map<String, V>> function)
      implements CacheLoader<String, V> {
    @Override
    public V load(String key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, V> loadAll(Iterable<? extends String> keys) {
      return function.apply(keys);
    }
  }
}
