// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcacheredis.RedisException;
import org.jcacheredis.RedisException.Fate;
import org.jcacheredis.internal.settings.ConnectionSettings.Pool;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call happened, did not happen, or says that it may have; and it ends in time. */
class StandaloneIT {
  private static final byte[] KEY = "StandaloneIT".getBytes(UTF_8);
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration IN_TIME = Duration.ofMillis(1500);
  private static final Command GET = Command.of(Verb.GET).key(KEY);
  private static final Command COUNT =
      Command.of(Script.of("return redis.call('INCR', KEYS[1])"), KEY);

  private static RedisServer server;
  private static FaultProxy proxy;
  private static RedisProbe probe;

  private Redis redis;

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
    redis = Connections.open(Connections.settings(proxy.uri(), TIMEOUT));
  }

  @AfterEach
  void close() {
    proxy.heal();
    redis.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> proxy.connections() == 0);
  }

  @Test
  void open_beforeTheFirstCall_connectsToNothing() {
    try (Redis lazy = Connections.open(Connections.settings(proxy.uri(), TIMEOUT))) {
      assertThat(proxy.connections()).isZero();
      lazy.ping();
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void call_serverUnreachable_saysSoInTimeAndWithoutThePassword() throws IOException {
    URI nowhere = URI.create("redis://app:s3cret@127.0.0.1:" + closedPort());
    try (Redis away = Connections.open(Connections.settings(nowhere, TIMEOUT))) {
      for (Command command : List.of(GET, COUNT)) {
        RedisException failure = failure(IN_TIME, () -> away.call(command));
        assertThat(failure)
            .hasMessageStartingWith("cache 'orders': cannot connect to redis://127.0.0.1:")
            .hasMessageContaining("(Connection refused)")
            .hasMessageEndingWith("; nothing was changed");
        assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
        assertThat(everything(failure)).doesNotContain("s3cret");
      }
    }
  }

  @Test
  void call_hostUnknown_saysSo() {
    URI nowhere = URI.create("redis://nowhere.invalid:6379");
    try (Redis away = Connections.open(Connections.settings(nowhere, TIMEOUT))) {
      assertThatThrownBy(() -> away.call(GET))
          .hasMessageStartingWith("cache 'orders': cannot connect to redis://nowhere.invalid:6379")
          .hasMessageEndingWith(":6379 (unknown host); nothing was changed");
    }
  }

  @Test
  void call_wrongTypeInTheServer_isRefusedAndNothingHappened() {
    probe.command("LPUSH", "StandaloneIT", "x");
    RedisException failure = failure(IN_TIME, () -> redis.call(GET));
    assertThat(failure)
        .hasMessageStartingWith("cache 'orders': redis://127.0.0.1:")
        .hasMessageContaining(" answered 'WRONGTYPE ");
    assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
    redis.ping();
  }

  @Test
  void callAll_oneCommandRefused_carriesOutTheOthers() {
    probe.command("LPUSH", "StandaloneIT", "x");
    byte[] other = "other".getBytes(UTF_8);
    Command set = Command.of(Verb.SET).key(other).with("v");
    List<Reply> replies = redis.callAll(List.of(GET, set, GET));
    assertThat(replies.get(1).text()).isEqualTo("OK");
    assertThat(replies.get(1).failure()).isNull();
    assertThat(replies.get(2).failure()).isNotNull();
    assertThatThrownBy(() -> replies.get(0).bytes())
        .isInstanceOf(RedisException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(probe.get("other")).isEqualTo("v");
    assertThat(redis.call(Command.of(Verb.GET).key(other)).text()).isEqualTo("v");
  }

  @Test
  void callAll_nothing_asksNobody() {
    assertThat(redis.callAll(List.of())).isEmpty();
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void write_frozenServer_failsInTimeAndMayBeStored() {
    redis.call(COUNT);
    server.freeze();
    try {
      RedisException failure = failure(IN_TIME, () -> redis.call(COUNT));
      assertThat(failure)
          .hasMessage(
              "cache 'orders': no answer from %s within 300 ms; the entry may or may not be stored"
                  .formatted(proxy.uri()));
      assertThat(failure.fate()).isEqualTo(Fate.UNKNOWN);
    } finally {
      server.thaw();
    }
  }

  @Test
  void read_frozenServer_failsInTimeAndIsNotRepeated() {
    redis.call(GET);
    server.freeze();
    try {
      RedisException failure = failure(IN_TIME, () -> redis.call(GET));
      assertThat(failure)
          .hasMessage("cache 'orders': no answer from %s within 300 ms".formatted(proxy.uri()));
      assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
    } finally {
      server.thaw();
    }
    await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> redis.call(GET).isNil());
  }

  @Test
  void call_frozenServerAndNoConnectionYet_failsInTimeAndDidNothing() {
    server.freeze();
    try {
      for (Command command : List.of(GET, COUNT)) {
        RedisException failure = failure(IN_TIME, () -> redis.call(command));
        assertThat(failure).hasMessageStartingWith("cache 'orders': cannot connect to ");
        assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
      }
    } finally {
      server.thaw();
    }
    assertThat(probe.exists(KEY)).isFalse();
  }

  @Test
  void write_replyLost_isNeverRepeated() {
    redis.call(COUNT);
    proxy.dropReplies();
    assertThat(failure(IN_TIME, () -> redis.call(COUNT)).fate()).isEqualTo(Fate.UNKNOWN);
    proxy.heal();
    assertThat(redis.call(COUNT).integer()).isEqualTo(3);
  }

  @Test
  void pipeline_replyLost_isNeverRepeatedIfItWrites() {
    redis.callAll(List.of(GET, COUNT));
    proxy.dropReplies();
    RedisException failure = failure(IN_TIME, () -> redis.callAll(List.of(GET, COUNT, GET)));
    assertThat(failure).hasMessageEndingWith("; the entry may or may not be stored");
    proxy.heal();
    assertThat(redis.call(COUNT).integer()).isEqualTo(3);
  }

  @Test
  void write_deadPooledConnection_isAtMostOnce() {
    redis.call(COUNT);
    proxy.cut();
    RedisException failure = failure(IN_TIME, () -> redis.call(COUNT));
    assertThat(failure)
        .hasMessageStartingWith("cache 'orders': the connection to " + proxy.uri() + " broke (")
        .hasMessageEndingWith("; the entry may or may not be stored");
    assertThat(redis.call(COUNT).integer()).isBetween(2L, 3L);
  }

  @Test
  void read_deadPooledConnections_isRepeatedOnANewOne() throws Exception {
    openSeveralConnections();
    proxy.cut();
    assertThat(redis.call(GET).isNil()).isTrue();
    assertThat(redis.callAll(List.of(GET, GET))).hasSize(2);
  }

  @Test
  void script_thatOnlyReads_isRepeatedOnANewConnection() {
    byte[] two = "two".getBytes(UTF_8);
    Script names = Script.of("return KEYS[1] .. KEYS[2] .. ARGV[1]", Script.Access.READING);
    Command read = Command.of(names, KEY, two).with("!");
    assertThat(redis.call(read).text()).isEqualTo("StandaloneITtwo!");
    proxy.cut();
    assertThat(redis.call(read).text()).isEqualTo("StandaloneITtwo!");
    proxy.cut();
    assertThat(redis.callAll(List.of(GET, read)).get(1).text()).isEqualTo("StandaloneITtwo!");
  }

  @Test
  void script_withoutKeys_runs() {
    assertThat(redis.call(Command.of(Script.of("return #KEYS"))).integer()).isZero();
  }

  @Test
  void read_afterTheServerWasRestarted_works() {
    try (RedisServer mortal = RedisServer.start();
        Redis client = Connections.open(mortal)) {
      client.call(GET);
      mortal.restart();
      assertThat(client.call(GET).isNil()).isTrue();
    }
  }

  @Test
  void call_poolExhausted_saysWhichSettingsToRaise() throws Exception {
    Pool one = new Pool(1, 0, Duration.ofSeconds(1));
    try (Redis narrow =
        Connections.open(
            Connections.settings(proxy.uri(), Duration.ofSeconds(8), one, null, null))) {
      narrow.callAll(List.of(GET, GET));
      CompletableFuture<RedisException> holder = holdConnection(narrow);
      for (Command command : List.of(COUNT, GET)) {
        RedisException failure =
            failure(Duration.ofMillis(1900), () -> narrow.callAll(List.of(command, command)));
        assertThat(failure)
            .hasMessage(
                "cache 'orders': no free connection to "
                    + proxy.uri()
                    + " within 1000 ms; the pool has 1: raise pool.max-size or pool.max-wait");
        assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
      }
      proxy.cut();
      proxy.heal();
      assertThat(holder).succeedsWithin(Duration.ofSeconds(10));
    }
    assertThat(probe.exists(KEY)).isFalse();
  }

  /** Somebody waits for a reply that will not come. */
  private static CompletableFuture<RedisException> holdConnection(Redis narrow) {
    proxy.dropReplies();
    proxy.resetCounts();
    CompletableFuture<RedisException> holder =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    RedisException.class, () -> narrow.callAll(List.of(GET, GET))));
    await().atMost(Duration.ofSeconds(2)).until(() -> proxy.requestBytes() > 0);
    return holder;
  }

  private void openSeveralConnections() throws InterruptedException, ExecutionException {
    proxy.delay(Duration.ofMillis(50));
    List<CompletableFuture<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> redis.call(GET)));
    }
    for (CompletableFuture<Reply> call : calls) {
      call.get();
    }
    proxy.delay(Duration.ZERO);
  }

  static RedisException failure(Duration limit, ThrowingCallable call) {
    long start = System.nanoTime();
    RedisException failure = catchThrowableOfType(RedisException.class, call);
    assertThat(failure).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
    return failure;
  }

  /** All texts of an exception and what it carries. */
  static String everything(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      text.append(at).append('\n');
      for (Throwable suppressed : at.getSuppressed()) {
        text.append(everything(suppressed));
      }
    }
    return text.toString();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
