// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.RoundTripsContract.Policy.ACCESSED;
import static org.jcacheredis.RoundTripsContract.Policy.ASKED;
import static org.jcacheredis.RoundTripsContract.Policy.CREATED;
import static org.jcacheredis.RoundTripsContract.Policy.MODIFIED;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each call costs on one layout: the commands that the server saw, those within scripts
 * included, and the round trips. The cache holds k1, k2 and k3 and nothing listens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoundTripsContract {
  private static final javax.cache.expiry.Duration HOUR = new javax.cache.expiry.Duration(HOURS, 1);

  private static RedisServer server;
  private static FaultProxy proxy;
  private static RedisProbe probe;

  private RedisCachingProvider provider;

  enum Policy {
    ETERNAL(EternalExpiryPolicy.factoryOf()),
    CREATED(CreatedExpiryPolicy.factoryOf(HOUR)),
    MODIFIED(ModifiedExpiryPolicy.factoryOf(HOUR)),
    ACCESSED(AccessedExpiryPolicy.factoryOf(HOUR)),
    /** Not one of the standard policies: has to be asked each time. */
    ASKED(RecordingExpiryPolicy.of(HOUR, null, null).factory());

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Factory<? extends ExpiryPolicy> factory;

    Policy(Factory<? extends ExpiryPolicy> factory) {
      this.factory = factory;
    }
  }

  /** A number of round trips, and commands such as {@code "get=2 set"}. */
  record Cost(int trips, String commands) {
    Map<String, Long> counts() {
      Map<String, Long> counts = new TreeMap<>();
      for (String command : commands.split(" ", -1)) {
        String[] parts = command.split("=", -1);
        counts.put(parts[0], parts.length == 1 ? 1L : Long.parseLong(parts[1]));
      }
      return counts;
    }
  }

  /** The cost of a call under each policy. */
  record Row(String call, Map<Policy, Cost> costs) {
    static Row of(String call, int trips, String commands) {
      return new Row(call, new EnumMap<>(Policy.class)).but(Policy.values(), trips, commands);
    }

    /** Where creation and update have different lifetimes, the server has to choose. */
    Row chosen(String commands) {
      return but(new Policy[] {CREATED, ACCESSED}, 1, commands);
    }

    /** Policies that set a lifetime at each update. */
    Row timed(int trips, String commands) {
      return but(new Policy[] {MODIFIED}, trips, commands);
    }

    Row accessed(int trips, String commands) {
      return but(new Policy[] {ACCESSED}, trips, commands);
    }

    Row asked(int trips, String commands) {
      return but(new Policy[] {ASKED}, trips, commands);
    }

    private Row but(Policy[] policies, int trips, String commands) {
      Arrays.stream(policies).forEach(policy -> costs.put(policy, new Cost(trips, commands)));
      return this;
    }

    @Override
    public String toString() {
      return call;
    }
  }

  private static final Map<String, Consumer<RedisCache<String, Long>>> CALLS =
      Map.ofEntries(
          Map.entry("get", c -> c.get("k1")),
          Map.entry("get, absent", c -> c.get("none")),
          Map.entry("getAll", c -> c.getAll(Set.of("k1", "k2", "k3", "none"))),
          Map.entry("containsKey", c -> c.containsKey("k1")),
          Map.entry("put", c -> c.put("k1", 2L)),
          Map.entry("put, absent", c -> c.put("none", 2L)),
          Map.entry("getAndPut", c -> c.getAndPut("k1", 2L)),
          Map.entry("putAll", c -> c.putAll(Map.of("k1", 2L, "k2", 2L, "none", 2L))),
          Map.entry("putIfAbsent", c -> c.putIfAbsent("none", 2L)),
          Map.entry("putIfAbsent, present", c -> c.putIfAbsent("k1", 2L)),
          Map.entry("replace", c -> c.replace("k1", 2L)),
          Map.entry("replace, absent", c -> c.replace("none", 2L)),
          Map.entry("getAndReplace", c -> c.getAndReplace("k1", 2L)),
          Map.entry("replace equal", c -> c.replace("k1", 1L, 2L)),
          Map.entry("replace equal, differs", c -> c.replace("k1", 7L, 2L)),
          Map.entry("remove", c -> c.remove("k1")),
          Map.entry("getAndRemove", c -> c.getAndRemove("k1")),
          Map.entry("remove equal", c -> c.remove("k1", 1L)),
          Map.entry("remove equal, differs", c -> c.remove("k1", 7L)),
          Map.entry("removeAll of keys", c -> c.removeAll(Set.of("k1", "k2", "none"))),
          Map.entry("invoke, unchanged", c -> c.invoke("k1", (e, a) -> e.exists())),
          Map.entry("invoke, read", c -> c.invoke("k1", (e, a) -> e.getValue())),
          Map.entry("invoke, set", c -> c.invoke("k1", RoundTripsContract::set)),
          Map.entry("invoke, set absent", c -> c.invoke("none", RoundTripsContract::set)),
          Map.entry("invoke, remove", c -> c.invoke("k1", RoundTripsContract::remove)),
          Map.entry("invoke Lua", c -> c.invoke("k1", LuaProcessors.increment(1))),
          Map.entry(
              "invoke Lua, touch",
              c -> c.invoke("k1", LuaProcessors.getAndTouch(Duration.ofHours(2)))),
          Map.entry(
              "invokeAll, unchanged",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), (e, a) -> e.exists())),
          Map.entry(
              "invokeAll, read",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), (e, a) -> e.getValue())),
          Map.entry(
              "invokeAll, set",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), RoundTripsContract::set)),
          Map.entry(
              "invokeAll, remove",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), RoundTripsContract::remove)),
          Map.entry(
              "invokeAll, some set, some read",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), RoundTripsContract::setFirst)),
          Map.entry(
              "invokeAll Lua",
              c -> c.invokeAll(Set.of("k1", "k2", "none"), LuaProcessors.increment(1))),
          Map.entry("iterator", c -> c.forEach(e -> {})),
          Map.entry("clear", c -> c.clear()),
          Map.entry("removeAll", c -> c.removeAll()),
          Map.entry("put with ttl", c -> c.put("k1", 2L, Duration.ofSeconds(9))),
          Map.entry("remainingTtl", c -> c.remainingTtl("k1")),
          Map.entry("size", c -> c.size()));

  private static Object setFirst(
      javax.cache.processor.MutableEntry<String, Long> entry, Object... a) {
    if (entry.getValue() != null && entry.getKey().equals("k1")) {
      entry.setValue(2L);
    }
    return 0;
  }

  private static Object set(javax.cache.processor.MutableEntry<String, Long> entry, Object... a) {
    entry.setValue(2L);
    return 0;
  }

  private static Object remove(
      javax.cache.processor.MutableEntry<String, Long> entry, Object... a) {
    entry.remove();
    return 0;
  }

  /** What each of the calls costs. */
  abstract Stream<Row> rows();

  /** The layout's name and partitions. */
  abstract Map<String, String> settings();

  Stream<Arguments> table() {
    return rows()
        .flatMap(row -> Arrays.stream(Policy.values()).map(policy -> Arguments.of(row, policy)));
  }

  @BeforeAll
  static void start() {
    server = RedisServer.start();
    proxy = FaultProxy.before(server);
    probe = RedisProbe.of(server);
  }

  @AfterAll
  static void stop() {
    probe.close();
    proxy.close();
    server.close();
  }

  @BeforeEach
  void open() {
    probe.flush();
    provider = new RedisCachingProvider();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("table")
  void call_onThreeEntries_costs(Row row, Policy policy) {
    Consumer<RedisCache<String, Long>> action = Objects.requireNonNull(CALLS.get(row.call));
    RedisCache<String, Long> cache = cache(policy);
    fill(cache);
    // connects, and leaves the scripts with the server
    action.accept(cache);
    fill(cache);
    proxy.resetCounts();
    Map<String, Long> commands = new TreeMap<>(probe.commandsDuring(() -> action.accept(cache)));
    commands.remove("ping"); // of an idle connection: when it comes is chance
    Cost cost = Objects.requireNonNull(row.costs.get(policy));
    assertThat(commands).isEqualTo(cost.counts());
    assertThat(proxy.roundTrips()).isEqualTo(cost.trips());
  }

  @Test
  void rows_areOfAllCalls() {
    assertThat(rows().map(Row::call)).containsExactlyInAnyOrderElementsOf(CALLS.keySet());
  }

  @Test
  void invoke_overtakenOnce_costsOneTripMore() {
    RedisCache<String, Long> cache = cache(Policy.ETERNAL);
    fill(cache);
    cache.invoke("k1", RoundTripsContract::set);
    try (RedisCachingProvider elsewhere = new RedisCachingProvider()) {
      RedisCache<String, Long> theirs = cache(elsewhere, server, Policy.ETERNAL);
      AtomicInteger runs = new AtomicInteger();
      proxy.resetCounts();
      Long result =
          cache.invoke(
              "k1",
              (entry, arguments) -> {
                if (runs.incrementAndGet() == 1) {
                  theirs.put("k1", 40L);
                }
                entry.setValue(entry.getValue() + 2);
                return entry.getValue();
              });
      assertThat(result).isEqualTo(42);
      assertThat(proxy.roundTrips()).isEqualTo(3);
      assertThat(runs).hasValue(2);
      assertThat(theirs.get("k1")).isEqualTo(42);
    }
  }

  @Test
  void puts_withoutListeners_publishNothing() {
    RedisCache<String, Long> cache = cache(Policy.ETERNAL);
    Map<String, Long> commands =
        probe.commandsDuring(
            () -> {
              for (long i = 0; i < 1000; i++) {
                cache.put("k" + i, i);
              }
            });
    assertThat(commands).doesNotContainKeys("publish", "spublish");
  }

  private RedisCache<String, Long> cache(Policy policy) {
    return cache(provider, proxy, policy);
  }

  @SuppressWarnings("unchecked") // unwrap knows the class alone
  private RedisCache<String, Long> cache(
      RedisCachingProvider provider, RedisEndpoint endpoint, Policy policy) {
    Properties properties = new Properties();
    properties.put("jcache-redis.namespace", "RoundTrips");
    settings()
        .forEach((name, value) -> properties.put("jcache-redis.cache-defaults." + name, value));
    MutableConfiguration<String, Long> configuration = new MutableConfiguration<>();
    configuration.setTypes(String.class, Long.class).setExpiryPolicyFactory(policy.factory);
    return provider
        .getCacheManager(endpoint.uri(), RoundTripsContract.class.getClassLoader(), properties)
        .createCache("costs", configuration)
        .unwrap(RedisCache.class);
  }

  private static void fill(RedisCache<String, Long> cache) {
    cache.clear();
    cache.putAll(Map.of("k1", 1L, "k2", 1L, "k3", 1L));
  }
}
