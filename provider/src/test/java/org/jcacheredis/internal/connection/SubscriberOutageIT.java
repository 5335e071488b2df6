// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jcacheredis.internal.connection.Listening.SOON;
import static org.jcacheredis.internal.connection.Listening.channels;
import static org.jcacheredis.internal.connection.Listening.tracking;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections and servers break, fall silent, and come back; each gap is told, once. */
class SubscriberOutageIT {
  private static final Wanted WANTED = new Wanted(Set.of("c"), Set.of("ns:*"), "ns:");
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int OPENINGS = 60;

  private static RedisServer server;

  private RedisProbe probe;
  private Listening listening;

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KA");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    probe = RedisProbe.of(server);
    listening = new Listening(server.uri());
  }

  @AfterEach
  void close() {
    listening.close();
    await().atMost(SOON).until(() -> Listening.clients(probe).isEmpty());
    probe.close();
  }

  @Test
  void connection_killed_isReplacedWithAllThatIsWanted() {
    listening.with(WANTED);
    for (int i = 1; i <= 5; i++) {
      Listening.kill(probe);
      int states = 1 + 2 * i;
      await().atMost(SOON).until(() -> listening.sink.states().size() == states);
    }
    assertThat(listening.sink.states()).startsWith("up", "down", "up", "down", "up");
    assertThat(listening.sink.reasons().get(0))
        .startsWith("the connection to " + server.uri() + " broke (");
    assertEverythingIsHeard();
    assertThat(Listening.clients(probe)).hasSize(1);
  }

  @Test
  void server_killedAndRestarted_isHeardAgain() {
    listening.with(WANTED);
    server.kill();
    listening.awaitStates("up", "down");
    await().atMost(SOON).until(() -> !listening.subscriber.await(LONG));
    assertThat(listening.subscriber.isUp()).isFalse();
    listening.subscriber.want(new Wanted(Set.of("c", "wantedWhileDown"), Set.of("ns:*"), "ns:"));
    server.restart();
    listening.awaitStates("up", "down", "up");
    assertThat(listening.subscriber.await(SOON)).isTrue();
    probe.close();
    probe = RedisProbe.of(server);
    probe.command("PUBLISH", "wantedWhileDown", "x");
    listening.awaitLine("message wantedWhileDown x");
    assertEverythingIsHeard();
  }

  @Test
  void server_notThereYet_isFoundWhenItComes() {
    server.kill();
    listening.subscriber.want(WANTED);
    assertThat(listening.subscriber.await(LONG)).isFalse();
    assertThat(listening.sink.lines()).isEmpty();
    server.restart();
    listening.awaitStates("up");
    probe.close();
    probe = RedisProbe.of(server);
    assertEverythingIsHeard();
  }

  @Test
  void server_frozen_isNoticedWithinTheSilence() {
    listening.subscriber.silence(Duration.ofMillis(900));
    listening.with(WANTED);
    server.freeze();
    try {
      await().atMost(Duration.ofMillis(1400)).until(() -> !listening.subscriber.isUp());
      listening.awaitStates("up", "down");
      assertThat(listening.sink.reasons())
          .containsExactly("no sign of life from " + server.uri() + " within 900 ms");
      await().atMost(SOON).until(() -> !listening.subscriber.await(LONG));
    } finally {
      server.thaw();
    }
    listening.awaitStates("up", "down", "up");
    assertThat(listening.subscriber.await(SOON)).isTrue();
    assertEverythingIsHeard();
  }

  @Test
  void silence_changedWhileConnected_counts() {
    listening.with(WANTED);
    listening.subscriber.silence(Duration.ofMillis(600));
    long pings = pings();
    await().atMost(Duration.ofSeconds(3)).until(() -> pings() - pings >= 3);
    server.freeze();
    try {
      await().atMost(Duration.ofMillis(1400)).until(() -> !listening.subscriber.isUp());
    } finally {
      server.thaw();
    }
    listening.awaitStates("up", "down", "up");
  }

  @Test
  void wants_whileFrozen_standAfterwards() {
    listening.subscriber.silence(Duration.ofMillis(600));
    listening.with(WANTED);
    server.freeze();
    try {
      IntStream.range(0, 200)
          .forEach(i -> listening.subscriber.want(channels("c", "d" + i, "d" + i + "b")));
      listening.awaitStates("up", "down");
    } finally {
      server.thaw();
    }
    listening.awaitStates("up", "down", "up");
    assertThat(listening.subscriber.await(SOON)).isTrue();
    probe.command("PUBLISH", "d199", "x");
    listening.awaitLine("message d199 x");
  }

  @Test
  void want_aServerThatTakesNoBytes_returnsAfterTheSilence() {
    try (FaultProxy proxy = FaultProxy.before(server);
        Listening far = new Listening(proxy.uri())) {
      far.subscriber.silence(Duration.ofMillis(900));
      far.with(WANTED);
      proxy.freeze();
      String large = "x".repeat(1_000_000);
      long start = System.nanoTime();
      Set<String> names =
          IntStream.range(0, 60).mapToObj(i -> i + large).collect(Collectors.toSet());
      far.subscriber.want(new Wanted(names, Set.of(), null));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      far.awaitStates("up", "down");
      proxy.heal();
      far.with(WANTED);
    }
  }

  @Test
  void reader_tooSlowForTheServer_isCutOffAndComesBack() {
    probe.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1mb 0 0");
    CountDownLatch gate = new CountDownLatch(1);
    listening.with(WANTED);
    listening.sink.holdUntil(gate);
    // Valkey 9 counts only references to large payloads
    String flood = "for i = 1, 500 do redis.call('PUBLISH', 'c', string.rep('x', 8000)) end";
    await()
        .atMost(SOON)
        .until(
            () -> {
              probe.command("EVAL", flood, "0");
              return Listening.clients(probe).isEmpty();
            });
    gate.countDown();
    listening.awaitStates("up", "down", "up");
    assertEverythingIsHeard();
    probe.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 32mb 8mb 60");
  }

  @Test
  void server_atItsClientLimit_isTriedAgainSoon() {
    probe.command("CONFIG", "SET", "maxclients", "1");
    listening.subscriber.want(WANTED);
    assertThat(listening.subscriber.await(SOON)).isFalse();
    probe.command("CONFIG", "SET", "maxclients", "10000");
    listening.awaitStates("up");
  }

  @Test
  void trackedPrefix_afterAGap_isTrackedAgain() {
    listening.with(tracking("ns:"));
    Listening.kill(probe);
    listening.awaitStates("up", "down", "up");
    probe.set("ns:k", "v");
    listening.awaitLine("invalidated ns:k");
  }

  @Test
  void want_changedInEveryState_upAndDownAlternate() {
    listening.with(WANTED);
    for (int i = 0; i < 60; i++) {
      if (i % 6 == 0) {
        Listening.kill(probe);
      }
      listening.subscriber.want(channels("c", "d" + i));
    }
    listening.with(WANTED);
    var states = listening.sink.states();
    for (int i = 0; i < states.size(); i++) {
      assertThat(states.get(i)).isEqualTo(i % 2 == 0 ? "up" : "down");
    }
    assertEverythingIsHeard();
  }

  @Test
  void close_atAnyMoment_leavesNothing() {
    for (int i = 0; i < OPENINGS; i++) {
      try (Listening brief = new Listening(server.uri())) {
        brief.subscriber.want(WANTED);
        long until = System.nanoTime() + i * 200_000L;
        await().pollInSameThread().pollDelay(Duration.ZERO).until(() -> System.nanoTime() > until);
      }
    }
  }

  @Test
  void close_whileTheServerIsFrozen_endsAtOnce() {
    listening.with(WANTED);
    server.freeze();
    try (Listening handshaking = new Listening(server.uri())) {
      handshaking.subscriber.want(WANTED);
      assertThat(handshaking.subscriber.await(Duration.ofMillis(200))).isFalse();
      long start = System.nanoTime();
      listening.close();
      handshaking.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    } finally {
      server.thaw();
    }
  }

  @Test
  void close_whileTheServerIsGone_endsAtOnce() {
    server.kill();
    listening.subscriber.want(WANTED);
    assertThat(listening.subscriber.await(SOON)).isFalse();
    long start = System.nanoTime();
    listening.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    server.restart();
    probe.close();
    probe = RedisProbe.of(server);
  }

  private void assertEverythingIsHeard() {
    listening.sink.clear();
    probe.command("PUBLISH", "c", "again");
    probe.set("ns:again", "v");
    listening.awaitLine("message c again");
    listening.awaitLine("notified ns:again set");
    listening.awaitLine("invalidated ns:again");
  }

  private long pings() {
    return probe.commandCounts().getOrDefault("ping", 0L);
  }
}
