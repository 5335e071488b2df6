// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.RoundTripsIT.Policy.ACCESSED;
import static org.jcacheredis.RoundTripsIT.Policy.ASKED;
import static org.jcacheredis.RoundTripsIT.Policy.CREATED;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each call costs: the commands that the server saw, those within scripts included, and the
 * round trips. The cache holds k1, k2 and k3 and nothing listens.
 */
class RoundTripsIT {
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

  /** A call, with its cost under each policy. */
  record Row(String call, Consumer<RedisCache<String, Long>> action, Map<Policy, Cost> costs) {
    static Row of(
        String call, Consumer<RedisCache<String, Long>> action, int trips, String commands) {
      Row row = new Row(call, action, new EnumMap<>(Policy.class));
      return row.but(Policy.values(), trips, commands);
    }

    /** Where creation and update have different lifetimes, the server has to choose. */
    Row chosen(String commands) {
      return but(new Policy[] {CREATED, ACCESSED}, 1, commands);
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

  static Stream<Row> rows() {
    return Stream.of(
            reads(),
            puts(),
            conditions(),
            removals(),
            processors(),
            bulkProcessors(),
            scans(),
            extensions())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> reads() {
    return Stream.of(
        Row.of("get", c -> c.get("k1"), 1, "get").accessed(1, "getex"),
        Row.of("get, absent", c -> c.get("none"), 1, "get").accessed(1, "getex"),
        Row.of("getAll", c -> c.getAll(Set.of("k1", "k2", "k3", "none")), 1, "mget")
            .accessed(1, "getex=4"),
        Row.of("containsKey", c -> c.containsKey("k1"), 1, "exists"));
  }

  private static Stream<Row> puts() {
    return Stream.of(
        Row.of("put", c -> c.put("k1", 2L), 1, "set")
            .chosen("evalsha exists set")
            .asked(2, "exists set"),
        Row.of("put, absent", c -> c.put("none", 2L), 1, "set")
            .chosen("evalsha exists set")
            .asked(2, "exists set"),
        Row.of("getAndPut", c -> c.getAndPut("k1", 2L), 1, "set")
            .chosen("evalsha get set")
            .asked(2, "exists set"),
        Row.of("putAll", c -> c.putAll(Map.of("k1", 2L, "k2", 2L, "none", 2L)), 1, "set=3")
            .chosen("evalsha=3 exists=3 set=3")
            .asked(2, "exists=3 set=3"));
  }

  private static Stream<Row> conditions() {
    return Stream.of(
        Row.of("putIfAbsent", c -> c.putIfAbsent("none", 2L), 1, "set").asked(2, "exists set"),
        Row.of("putIfAbsent, present", c -> c.putIfAbsent("k1", 2L), 1, "set").asked(1, "exists"),
        Row.of("replace", c -> c.replace("k1", 2L), 1, "set").asked(2, "exists set"),
        Row.of("replace, absent", c -> c.replace("none", 2L), 1, "set").asked(1, "exists"),
        Row.of("getAndReplace", c -> c.getAndReplace("k1", 2L), 1, "set").asked(2, "exists set"),
        Row.of("replace equal", c -> c.replace("k1", 1L, 2L), 1, "evalsha get set")
            .asked(2, "evalsha get=2 set"),
        Row.of("replace equal, differs", c -> c.replace("k1", 7L, 2L), 1, "evalsha get")
            .accessed(2, "evalsha get pexpire")
            .asked(1, "get"));
  }

  private static Stream<Row> removals() {
    return Stream.of(
        Row.of("remove", c -> c.remove("k1"), 1, "unlink"),
        Row.of("getAndRemove", c -> c.getAndRemove("k1"), 1, "getdel"),
        Row.of("remove equal", c -> c.remove("k1", 1L), 1, "evalsha get unlink"),
        Row.of("remove equal, differs", c -> c.remove("k1", 7L), 1, "evalsha get")
            .accessed(2, "evalsha get pexpire"),
        Row.of("removeAll of keys", c -> c.removeAll(Set.of("k1", "k2", "none")), 1, "unlink=3"));
  }

  private static Stream<Row> processors() {
    return Stream.of(
        Row.of("invoke, unchanged", c -> c.invoke("k1", (e, a) -> e.exists()), 1, "get"),
        Row.of("invoke, read", c -> c.invoke("k1", (e, a) -> e.getValue()), 1, "get")
            .accessed(2, "get pexpire"),
        Row.of("invoke, set", c -> c.invoke("k1", RoundTripsIT::set), 2, "get=2 evalsha set"),
        Row.of("invoke, set absent", c -> c.invoke("none", RoundTripsIT::set), 2, "get set"),
        Row.of(
            "invoke, remove", c -> c.invoke("k1", RoundTripsIT::remove), 2, "evalsha get=2 unlink"),
        Row.of("invoke Lua", c -> c.invoke("k1", LuaProcessors.increment(1)), 1, "evalsha get set")
            .asked(2, "get=2 evalsha set"),
        Row.of(
                "invoke Lua, touch",
                c -> c.invoke("k1", LuaProcessors.getAndTouch(Duration.ofHours(2))),
                1,
                "evalsha get pexpire")
            .asked(2, "get pexpire"));
  }

  private static Stream<Row> bulkProcessors() {
    Set<String> keys = Set.of("k1", "k2", "none");
    return Stream.of(
        Row.of("invokeAll, unchanged", c -> c.invokeAll(keys, (e, a) -> e.exists()), 1, "mget"),
        Row.of("invokeAll, read", c -> c.invokeAll(keys, (e, a) -> e.getValue()), 1, "mget")
            .accessed(2, "mget pexpire=2"),
        Row.of(
            "invokeAll, set",
            c -> c.invokeAll(keys, RoundTripsIT::set),
            2,
            "evalsha=2 get=2 mget set=3"),
        Row.of(
            "invokeAll, remove",
            c -> c.invokeAll(keys, RoundTripsIT::remove),
            2,
            "evalsha=2 get=2 mget unlink=2"),
        Row.of(
                "invokeAll, some set, some read",
                c -> c.invokeAll(keys, RoundTripsIT::setFirst),
                2,
                "evalsha get mget set")
            .accessed(2, "evalsha get mget pexpire set"),
        Row.of(
                "invokeAll Lua",
                c -> c.invokeAll(keys, LuaProcessors.increment(1)),
                1,
                "evalsha=3 get=3 set=3")
            .asked(2, "evalsha=2 get=2 mget set=3"));
  }

  private static Object setFirst(
      javax.cache.processor.MutableEntry<String, Long> entry, Object... a) {
    if (entry.getValue() != null && entry.getKey().equals("k1")) {
      entry.setValue(2L);
    }
    return 0;
  }

  private static Stream<Row> scans() {
    return Stream.of(
        Row.of("iterator", c -> c.forEach(e -> {}), 2, "mget scan")
            .accessed(5, "mget pexpire=3 scan"),
        Row.of("clear", c -> c.clear(), 2, "scan unlink"),
        Row.of("removeAll", c -> c.removeAll(), 2, "scan unlink=3"));
  }

  private static Stream<Row> extensions() {
    return Stream.of(
        Row.of("put with ttl", c -> c.put("k1", 2L, Duration.ofSeconds(9)), 1, "set"),
        Row.of("remainingTtl", c -> c.remainingTtl("k1"), 1, "pttl"),
        Row.of("size", c -> c.size(), 1, "scan"));
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

  static Stream<Arguments> table() {
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
    RedisCache<String, Long> cache = cache(policy);
    fill(cache);
    // connects, and leaves the scripts with the server
    row.action.accept(cache);
    fill(cache);
    proxy.resetCounts();
    Map<String, Long> commands = probe.commandsDuring(() -> row.action.accept(cache));
    Cost cost = Objects.requireNonNull(row.costs.get(policy));
    assertThat(commands).isEqualTo(cost.counts());
    assertThat(proxy.roundTrips()).isEqualTo(cost.trips());
  }

  @Test
  void invoke_overtakenOnce_costsOneTripMore() {
    RedisCache<String, Long> cache = cache(Policy.ETERNAL);
    fill(cache);
    cache.invoke("k1", RoundTripsIT::set);
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
    assertThat(commands).containsEntry("set", 1000L).doesNotContainKeys("publish", "spublish");
  }

  private RedisCache<String, Long> cache(Policy policy) {
    return cache(provider, proxy, policy);
  }

  @SuppressWarnings("unchecked") // unwrap knows the class alone
  private static RedisCache<String, Long> cache(
      RedisCachingProvider provider, RedisEndpoint endpoint, Policy policy) {
    Properties properties = new Properties();
    properties.put("jcache-redis.namespace", "RoundTripsIT");
    MutableConfiguration<String, Long> configuration = new MutableConfiguration<>();
    configuration.setTypes(String.class, Long.class).setExpiryPolicyFactory(policy.factory);
    return provider
        .getCacheManager(endpoint.uri(), RoundTripsIT.class.getClassLoader(), properties)
        .createCache("costs", configuration)
        .unwrap(RedisCache.class);
  }

  private static void fill(RedisCache<String, Long> cache) {
    cache.clear();
    cache.putAll(Map.of("k1", 1L, "k2", 1L, "k3", 1L));
  }
}
