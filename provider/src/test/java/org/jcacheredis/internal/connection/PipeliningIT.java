// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jcacheredis.RedisException;
import org.jcacheredis.RedisException.Fate;
import org.jcacheredis.internal.settings.ConnectionSettings.Pipelining;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** Many threads on few connections: each has its own reply, or its own failure, in time. */
class PipeliningIT {
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Twice the timeout, for the turn and for the reply, and what a loaded machine needs. */
  private static final long IN_TIME = Duration.ofSeconds(4).toMillis();

  private static final byte[] COUNTER = "counter".getBytes(UTF_8);
  private static final Script INCREMENT = Script.of("return redis.call('INCR', KEYS[1])");

  private static RedisServer server;
  private static FaultProxy proxy;
  private static RedisProbe probe;

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
  void flush() {
    probe.flush();
  }

  @AfterEach
  void heal() {
    proxy.heal();
    await().atMost(PATIENT).until(() -> proxy.connections() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void call_manyThreads_eachGetsItsOwnReply(int lanes) {
    probe.command("LPUSH", "list", "x");
    try (Redis redis = open(PATIENT, lanes, 64)) {
      List<Integer> refusals =
          join(
              crowd(
                  64,
                  caller -> {
                    int refused = 0;
                    for (int i = 0; i < 100; i++) {
                      refused += exchangeOwnValue(redis, caller, i);
                    }
                    return refused;
                  }));
      assertThat(refusals).containsOnly(100);
      assertThat(proxy.connections()).isLessThanOrEqualTo(lanes);
    }
  }

  /** SET, GET, a script the server has never seen, and a refusal: each tells the caller apart. */
  private static int exchangeOwnValue(Redis redis, int caller, int i) {
    byte[] key = ("key" + caller).getBytes(UTF_8);
    String value = caller + ":" + i;
    redis.call(Command.of(Verb.SET).key(key).with(value));
    assertThat(redis.call(get(key)).text()).isEqualTo(value);
    int salt = i % 10 == 0 ? i : 0;
    Script own = Script.of("return KEYS[1] .. ARGV[1] --" + caller + ":" + salt);
    Command echo = Command.of(own, key).with(value);
    assertThat(redis.call(echo).text()).isEqualTo("key" + caller + value);
    RedisException refusal =
        catchThrowableOfType(RedisException.class, () -> redis.call(get("list".getBytes(UTF_8))));
    assertThat(refusal).hasMessageContaining("WRONGTYPE");
    return 1;
  }

  @Test
  void call_frozenServerAndMoreCallersThanOneBatch_allEndInTimeWithTheirFate() {
    try (Redis redis = open(TIMEOUT, 1, 4)) {
      redis.call(count());
      server.freeze();
      List<Call> calls;
      try {
        calls = join(crowd(16, caller -> Call.of(redis, count())));
      } finally {
        server.thaw();
      }
      assertThat(calls).allSatisfy(call -> assertThat(call.millis()).isLessThan(IN_TIME));
      assertThat(calls).noneMatch(call -> call.failure() == null);
      assertThat(calls).filteredOn(call -> call.fate() == Fate.UNKNOWN).hasSizeBetween(1, 8);
      assertThat(calls)
          .filteredOn(call -> call.fate() == Fate.UNKNOWN)
          .allSatisfy(
              call ->
                  assertThat(call.failure())
                      .hasMessage(
                          "cache 'orders': no answer from %s within 500 ms; the entry may or may not be stored"
                              .formatted(proxy.uri())));
      assertThat(calls)
          .filteredOn(call -> call.fate() == Fate.NOT_DONE)
          .allSatisfy(
              call -> assertThat(call.failure()).hasMessageEndingWith("; nothing was changed"));
      await()
          .atMost(PATIENT)
          .until(() -> catchThrowableOfType(RedisException.class, redis::ping) == null);
      assertExact(redis, calls, 1);
    }
  }

  @Test
  void call_connectionsCutUnderLoad_writesAtMostOnceAndReadsMostlyRepeated() {
    try (Redis redis = open(PATIENT, 4, 64)) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      List<CompletableFuture<List<Call>>> callers =
          crowd(
              32,
              caller -> {
                List<Call> calls = new ArrayList<>();
                while (!end.isDone()) {
                  calls.add(
                      Call.of(redis, caller % 2 == 0 ? count() : get("absent".getBytes(UTF_8))));
                }
                return calls;
              });
      for (int i = 0; i < 10; i++) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        pause.completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).join();
        proxy.cut();
      }
      end.complete(null);
      List<List<Call>> calls = join(callers);
      List<Call> writes = new ArrayList<>();
      List<Call> reads = new ArrayList<>();
      for (int caller = 0; caller < calls.size(); caller++) {
        (caller % 2 == 0 ? writes : reads).addAll(calls.get(caller));
      }
      assertExact(redis, writes, 0);
      assertThat(writes).filteredOn(call -> call.failure() != null).isNotEmpty();
      // repeated once, a read may meet the same cut again: in the handshake of a new connection
      assertThat(reads)
          .filteredOn(call -> call.failure() != null)
          .hasSizeLessThan(10 * 16 * 2)
          .allSatisfy(call -> assertThat(call.fate()).isEqualTo(Fate.NOT_DONE));
    }
  }

  @Test
  void call_serverRefusesConnections_allFailSoonAndFewTry() throws IOException {
    try (ServerSocket full = new ServerSocket(0)) {
      AtomicInteger attempts = new AtomicInteger();
      CompletableFuture<Void> accepting =
          CompletableFuture.runAsync(() -> acceptAndClose(full, attempts));
      URI uri = URI.create("redis://127.0.0.1:" + full.getLocalPort());
      try (Redis redis = open(uri, PATIENT, 2, 64)) {
        long start = System.nanoTime();
        List<List<Call>> calls =
            join(
                crowd(
                    32,
                    caller ->
                        IntStream.range(0, 20).mapToObj(i -> Call.of(redis, count())).toList()));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(calls.stream().flatMap(List::stream))
            .allSatisfy(call -> assertThat(call.fate()).isEqualTo(Fate.NOT_DONE))
            .allSatisfy(call -> assertThat(call.millis()).isLessThan(IN_TIME));
        // each of two lanes: four shorter pauses, then one of 80 ms before each attempt
        assertThat(attempts.get()).isLessThanOrEqualTo(2 * (int) (7 + millis / 80));
      }
      full.close();
      assertThat(accepting).succeedsWithin(PATIENT);
    }
  }

  private static void acceptAndClose(ServerSocket full, AtomicInteger attempts) {
    try {
      while (true) {
        full.accept().close();
        attempts.incrementAndGet();
      }
    } catch (IOException e) {
      // the test closed it
    }
  }

  @Test
  void call_largeValues_takePooledConnections() {
    byte[] key = "large".getBytes(UTF_8);
    byte[] value = new byte[20_000];
    try (Redis redis = open(PATIENT, 1, 64)) {
      redis.call(Command.of(Verb.SET).key(COUNTER).with(1));
      assertThat(proxy.connections()).isEqualTo(1);
      redis.call(Command.of(Verb.SET).key(key).with(value));
      assertThat(proxy.connections()).isEqualTo(2);
      // the first reply says that the next may be large: then both connections have had a GET
      redis.call(get(key));
      redis.call(get(key));
      assertThat(clientsWhoseLastWas("get")).isEqualTo(2);
      redis.call(get(COUNTER));
      redis.call(get(COUNTER));
      assertThat(proxy.connections()).isEqualTo(2);
    }
  }

  private static long clientsWhoseLastWas(String command) {
    String clients = (String) probe.command("CLIENT", "LIST");
    return clients.lines().filter(client -> client.contains(" cmd=" + command + " ")).count();
  }

  @Test
  void call_noLanes_takesPooledConnections() {
    try (Redis redis = open(PATIENT, 0, 64)) {
      redis.call(count());
      assertThat(redis.call(count()).integer()).isEqualTo(2);
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void close_callersInFlightAndWaiting_allEndInTimeAndNoConnectionIsLeft() {
    Redis redis = open(TIMEOUT, 2, 2);
    redis.call(count());
    proxy.dropReplies();
    proxy.resetCounts();
    List<CompletableFuture<Call>> callers = crowd(16, caller -> Call.of(redis, count()));
    await().atMost(PATIENT).until(() -> proxy.requestBytes() > 0);
    redis.close();
    List<Call> calls = join(callers);
    assertThat(calls).allSatisfy(call -> assertThat(call.millis()).isLessThan(IN_TIME));
    assertThat(calls).noneMatch(call -> call.failure() == null);
    await().atMost(PATIENT).until(() -> proxy.connections() == 0);
    assertThat(catchThrowableOfType(RedisException.class, redis::ping).fate())
        .isEqualTo(Fate.NOT_DONE);
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void call_interruptedWhileWaiting_completesAndStaysInterrupted() throws Exception {
    try (Redis redis = open(PATIENT, 1, 64)) {
      redis.ping();
      proxy.delay(Duration.ofMillis(300));
      CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> redis.call(count()));
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<Boolean> status = new CompletableFuture<>();
      Thread second =
          new Thread(
              () -> {
                started.countDown();
                redis.call(count());
                status.complete(Thread.currentThread().isInterrupted());
              });
      second.start();
      started.await();
      second.interrupt();
      assertThat(status).succeedsWithin(PATIENT).isEqualTo(true);
      assertThat(first).succeedsWithin(PATIENT);
    }
    assertThat(probe.get("counter")).isEqualTo("2");
  }

  @Test
  void unwrap_plainTransactionPipelineAndBlocking_workBesideTheLanes() {
    try (Redis redis = open(PATIENT, 1, 64)) {
      RedisClient jedis = redis.unwrap(RedisClient.class);
      CompletableFuture<List<String>> blocked =
          CompletableFuture.supplyAsync(() -> jedis.blpop(8, "queue"));
      jedis.set("a", "1");
      assertThat(jedis.get("a")).isEqualTo("1");
      assertThat(jedis.get("absent")).isNull();
      try (var transaction = jedis.multi()) {
        transaction.incr("a");
        assertThat(transaction.exec()).containsExactly(2L);
      }
      try (var pipeline = jedis.pipelined()) {
        var reply = pipeline.get("a");
        pipeline.sync();
        assertThat(reply.get()).isEqualTo("2");
      }
      assertThat(jedis.eval("return 'x'")).isEqualTo("x");
      assertThat(blocked).isNotDone();
      jedis.rpush("queue", "y");
      assertThat(blocked).succeedsWithin(PATIENT).isEqualTo(List.of("queue", "y"));
    }
  }

  private static void assertExact(Redis redis, List<Call> writes, long before) {
    long done = writes.stream().filter(call -> call.failure() == null).count() + before;
    long unknown = writes.stream().filter(call -> call.fate() == Fate.UNKNOWN).count();
    assertThat(Long.parseLong(redis.call(get(COUNTER)).text())).isBetween(done, done + unknown);
  }

  private static Redis open(Duration timeout, int lanes, int maxCommands) {
    return open(proxy.uri(), timeout, lanes, maxCommands);
  }

  private static Redis open(URI uri, Duration timeout, int lanes, int maxCommands) {
    return Connections.open(
        Connections.sharing(uri, timeout, new Pipelining(lanes, maxCommands, 65_536, 16_384)));
  }

  private static Command count() {
    return Command.of(INCREMENT, COUNTER);
  }

  private static Command get(byte[] key) {
    return Command.of(Verb.GET).key(key);
  }

  private static <T> List<CompletableFuture<T>> crowd(int size, IntFunction<T> work) {
    return IntStream.range(0, size)
        .mapToObj(
            caller ->
                CompletableFuture.supplyAsync(
                    () -> work.apply(caller), task -> new Thread(task, "crowd").start()))
        .toList();
  }

  private static <T> List<T> join(List<CompletableFuture<T>> callers) {
    callers.forEach(caller -> assertThat(caller).succeedsWithin(Duration.ofSeconds(30)));
    return callers.stream().map(CompletableFuture::join).toList();
  }

  /** What became of a call, and how long it took. */
  private record Call(RedisException failure, long millis) {
    static Call of(Redis redis, Command command) {
      long start = System.nanoTime();
      RedisException failure =
          catchThrowableOfType(RedisException.class, () -> redis.call(command));
      return new Call(failure, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    Fate fate() {
      return failure == null ? null : failure.fate();
    }
  }
}
