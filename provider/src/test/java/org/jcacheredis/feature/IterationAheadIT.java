// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisException;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** While a page of an iteration is consumed, the next one is on its way, and no further one. */
class IterationAheadIT {
  private static final int ENTRIES = 200;
  private static final int PAGE = 20;

  private static RedisServer server;

  @AutoClose private final Space space = Space.on(server);
  @AutoClose private final FaultProxy proxy = FaultProxy.before(server);

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @EveryLayout
  void next_onTheFirstPage_fetchesOnePageAhead() {
    Iterator<Cache.Entry<String, String>> entries = filled(PAGE).iterator();
    proxy.resetCounts();

    assertThat(entries.hasNext()).isTrue();
    long page = proxy.roundTrips();
    assertThat(page).as("nobody consumes yet").isBetween(1L, 2L);
    entries.next();

    Awaitility.await().until(() -> proxy.roundTrips() == 2 * page);
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(5))
        .until(() -> proxy.roundTrips() == 2 * page);
  }

  @Test
  void next_onTheSecondPage_needsNoServer() {
    Iterator<Cache.Entry<String, String>> entries = filled(PAGE).iterator();
    assertThat(entries.hasNext()).isTrue();
    int first = sizeOfFirstPage();
    proxy.resetCounts();
    entries.next();
    Awaitility.await().until(() -> proxy.roundTrips() == 2);
    Awaitility.await().until(() -> working() == 0);

    proxy.freeze();
    for (int i = 1; i <= first; i++) {
      entries.next();
    }
    proxy.heal();

    assertThat(walk(entries)).hasSize(ENTRIES - first - 1);
  }

  @Test
  @EveryLayout
  void next_whereTheFirstPageIsTheLast_fetchesNothing() {
    RedisCache<String, String> cache = filled(1_000);
    long before = threads();
    proxy.resetCounts();

    assertThat(walk(cache.iterator())).hasSize(ENTRIES);

    assertThat(proxy.roundTrips()).as("those of one page").isLessThanOrEqualTo(2);
    assertThat(threads()).isEqualTo(before).isZero();
  }

  @Test
  @EveryLayout
  void iterator_ofManyPages_givesEachEntryOnceAndCountsThoseReturned() {
    RedisCache<String, String> cache = filled(PAGE);
    cache.getCacheManager().enableStatistics("c", true);
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    entries.next();

    assertThat(walk(entries)).hasSize(ENTRIES - 1);
    assertThat(cache.unwrap(javax.cache.management.CacheStatisticsMXBean.class).getCacheHits())
        .isEqualTo(ENTRIES);
  }

  @Test
  void fetchAhead_fails_tellsWhoNeedsThePageAndCanBeTriedAgain() {
    Iterator<Cache.Entry<String, String>> entries = filled(PAGE).iterator();
    assertThat(entries.hasNext()).isTrue();
    proxy.refuse();
    Set<String> seen = new HashSet<>();

    assertThatExceptionOfType(RedisException.class)
        .isThrownBy(
            () -> {
              while (entries.hasNext()) {
                seen.add(entries.next().getKey());
              }
            });
    assertThat(seen).hasSizeGreaterThanOrEqualTo(PAGE / 2).hasSizeLessThan(ENTRIES);
    proxy.heal();

    seen.addAll(walk(entries));
    assertThat(seen).hasSize(ENTRIES);
  }

  @Test
  @EveryLayout
  void next_cacheClosedWhileAPageIsOnItsWay_saysSo() {
    RedisCache<String, String> cache = filled(PAGE);
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    proxy.freeze();
    entries.next();
    cache.close();
    proxy.heal();

    assertThatIllegalStateException().isThrownBy(entries::next);
  }

  @Test
  @EveryLayout
  void managerCloses_whileAPageIsOnItsWay_leavesNoThread() {
    RedisCache<String, String> cache = filled(PAGE);
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    proxy.freeze();
    entries.next();
    Awaitility.await().until(() -> threads() == 1);

    cache.getCacheManager().close();
    proxy.heal();

    Awaitility.await().until(() -> threads() == 0);
  }

  @Test
  @EveryLayout
  void manyIterators_moreThanThreads_fetchTheirPagesThemselves() {
    RedisCache<String, String> cache = filled(PAGE, "pool.max-size=100");
    List<Iterator<Cache.Entry<String, String>>> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Iterator<Cache.Entry<String, String>> entries = cache.iterator();
      assertThat(entries.hasNext()).isTrue();
      many.add(entries);
    }
    proxy.freeze();
    many.forEach(Iterator::next);
    assertThat(threads()).isBetween(1L, 39L);
    proxy.heal();

    assertThat(many).allSatisfy(entries -> assertThat(walk(entries)).hasSize(ENTRIES - 1));
  }

  private static Set<String> walk(Iterator<Cache.Entry<String, String>> entries) {
    Set<String> seen = new HashSet<>();
    entries.forEachRemaining(entry -> assertThat(seen.add(entry.getKey())).isTrue());
    return seen;
  }

  private int sizeOfFirstPage() {
    RedisProbe probe = space.probe();
    String pattern = space.namespace() + ":*";
    Object page = probe.command("SCAN", "0", "MATCH", pattern, "COUNT", Integer.toString(PAGE));
    return ((List<?>) ((List<?>) page).get(1)).size();
  }

  private static long working() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> isOfPages(thread.getKey()))
        .filter(thread -> Arrays.toString(thread.getValue()).contains("Pages.fetch"))
        .count();
  }

  private static boolean isOfPages(Thread thread) {
    return thread.getName().matches("jcache-redis-\\d+-page-\\d+");
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(IterationAheadIT::isOfPages).count();
  }

  private RedisCache<String, String> filled(int scanSize, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("cache-defaults.scan-size=" + scanSize);
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(proxy.uri(), all.toArray(String[]::new)),
            "c",
            Space.types(String.class, String.class));
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.put("k" + i, "v" + i);
    }
    // over a pooled connection, which the iteration will use
    cache.putAll(entries);
    return cache;
  }
}
