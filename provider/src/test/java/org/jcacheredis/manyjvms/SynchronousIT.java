// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.contract.MutatingOperation;
import org.jcacheredis.contract.ParityExpectation;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Whom a call waits for: synchronous listeners here, those elsewhere if asked to, nobody else. */
@EveryLayout
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynchronousIT {
  private static final Duration MOMENT = Duration.ofMillis(20);

  /** The default of events.deadline, and what a busy machine adds. */
  private static final Duration DEADLINE = Duration.ofMillis(1_000 + 500);

  private final RedisServer server = RedisServer.start();
  private final Space space = Space.on(server);
  private final SlowListener here = new SlowListener(MOMENT);
  private final SlowListener there = new SlowListener(MOMENT);
  private final SlowListener bystander = new SlowListener(Duration.ofMillis(400));
  private final RedisCache<String, String> local = cache("local", "local", here);
  private final RedisCache<String, String> cluster = cache("cluster", "cluster", here);

  SynchronousIT() {
    cache("local", "local", bystander);
    cache("cluster", "cluster", there);
  }

  /** One row of the table. */
  record Row(MutatingOperation operation, boolean present) {
    @Override
    public String toString() {
      return operation + (present ? " present" : " absent");
    }

    private List<EventType> expected() {
      ParityExpectation one = present ? operation.onPresent() : operation.onAbsent();
      return one.event() == null ? List.of() : List.of(one.event());
    }
  }

  static Stream<Row> rows() {
    return Arrays.stream(MutatingOperation.values())
        .flatMap(each -> Stream.of(new Row(each, true), new Row(each, false)));
  }

  private RedisCache<String, String> cache(String name, String synchronous, SlowListener listener) {
    return Space.cache(
        space.manager(),
        name,
        new RedisCacheConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(RecordingLoader.of((String key) -> "loaded").factory())
            .setting("events.synchronous", synchronous)
            .addCacheEntryListenerConfiguration(listener.configuration()));
  }

  @AfterAll
  void stop() {
    space.close();
    server.close();
  }

  private static List<EventType> doneAfter(
      Row row, RedisCache<String, String> cache, SlowListener listener) {
    cache.clear();
    if (row.present()) {
      cache.put("k", "v");
    }
    listener.clear();
    row.operation().run(cache);
    return listener.done();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void operation_withOwnListener_returnsWhenItIsDone(Row row) {
    assertThat(doneAfter(row, local, here)).isEqualTo(row.expected());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void operation_inClusterMode_returnsWhenTheOtherJvmIsDone(Row row) {
    assertThat(doneAfter(row, cluster, there)).isEqualTo(row.expected());
  }

  @Test
  void put_inLocalMode_doesNotWaitForTheOtherJvm() {
    local.clear();
    bystander.clear();
    long begin = System.nanoTime();
    local.put("fast", "v");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(350));
    Awaitility.await().until(() -> bystander.done().contains(EventType.CREATED));
  }

  @Test
  void put_withAStrangerWhoSubscribesToEverything_isNotDelayed() throws Exception {
    List<Long> times = timesWith((stranger, connection) -> connection.psubscribe(stranger, "*"));
    assertThat(Spread.of(times).millis(1)).isLessThan(DEADLINE.toMillis() / 2.0);
  }

  /** Who pretends to listen and never answers is waited for, at most until the deadline. */
  @Test
  void put_withAStrangerWhoSubscribesAsAJvmDoes_isDelayedByTheDeadlineAtMost() throws Exception {
    String events = space.namespace() + ":strange!events";
    List<Long> times =
        timesWith(
            (stranger, connection) -> connection.subscribe(stranger, events, events + ":sync"));
    Report.say("put, cluster mode, somebody pretends to be a JVM " + Spread.of(times));
    assertThat(Spread.of(times).millis(1)).isLessThan(DEADLINE.toMillis());
    assertThat(Spread.of(times).millis(0.5)).isLessThan(DEADLINE.toMillis() / 2.0);
  }

  private List<Long> timesWith(BiConsumer<JedisPubSub, Jedis> subscribe) throws Exception {
    JedisPubSub stranger = new JedisPubSub() {};
    try (Jedis connection = new Jedis(server.uri())) {
      Thread reader =
          new Thread(
              () -> {
                try {
                  subscribe.accept(stranger, connection);
                } catch (JedisConnectionException e) {
                  // the test closes the connection when it is over
                }
              },
              "stranger");
      reader.setDaemon(true);
      reader.start();
      Awaitility.await().until(stranger::isSubscribed);
      cache("strange", "cluster", new SlowListener(Duration.ZERO));
      return times(cache("strange", "cluster", new SlowListener(Duration.ZERO)), 20);
    }
  }

  /** Frozen, it is waited for until the deadline; dead, not at all. */
  @Test
  void put_withAListenerInAFrozenJvm_isDelayedByTheDeadlineAtMost() {
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(),
            "c",
            new RedisCacheConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setting("events.synchronous", "cluster"));
    try (JavaProcess other = Jvm.start(space)) {
      other.send("listen");
      other.awaitLine("done listen");
      cache.put("k", "v");
      other.awaitLine("heard CREATED k v null");

      other.freeze();
      List<Long> frozen = times(cache, 5);
      Report.say("put, cluster mode, the other JVM frozen " + Spread.of(frozen));
      assertThat(Spread.of(frozen).millis(1)).isLessThan(DEADLINE.toMillis());

      other.kill();
      List<Long> dead = times(cache, 5);
      Report.say("put, cluster mode, the other JVM dead " + Spread.of(dead));
      assertThat(Spread.of(dead).millis(1)).isLessThan(DEADLINE.toMillis());
    }
  }

  @Test
  void put_whoseListenerChangesTheCacheItself_isNotDelayed() {
    RedisCache<String, String> cache = cache("nested", "local", new SlowListener(Duration.ZERO));
    CacheEntryUpdatedListener<String, String> nested =
        events ->
            events.forEach(
                event -> {
                  if (event.getKey().equals("timed0") && !"nested".equals(event.getValue())) {
                    cache.put("other", "v");
                    cache.put("timed0", "nested");
                  }
                });
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(() -> nested, null, true, true));
    cache.put("timed0", "v");

    List<Long> times = times(cache, 1);

    assertThat(Spread.of(times).millis(1)).isLessThan(500);
    assertThat(cache.get("timed0")).isEqualTo("nested");
  }

  private static List<Long> times(RedisCache<String, String> cache, int puts) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < puts; i++) {
      long begin = System.nanoTime();
      cache.put("timed" + i, "v");
      times.add(System.nanoTime() - begin);
    }
    return times;
  }
}
