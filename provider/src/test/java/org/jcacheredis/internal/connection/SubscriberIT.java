// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jcacheredis.internal.connection.Listening.SOON;
import static org.jcacheredis.internal.connection.Listening.channels;
import static org.jcacheredis.internal.connection.Listening.keys;
import static org.jcacheredis.internal.connection.Listening.tracking;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscriber hears on a healthy server, and that wishes can change. */
class SubscriberIT {
  private static RedisServer server;
  private static RedisProbe probe;

  private Listening listening;

  @BeforeAll
  static void start() {
    server = RedisServer.start("--notify-keyspace-events", "KA");
    probe = RedisProbe.of(server);
  }

  @AfterAll
  static void stop() {
    probe.close();
    server.close();
  }

  @BeforeEach
  void open() {
    probe.flush();
    listening = new Listening(server.uri());
  }

  @AfterEach
  void close() {
    listening.close();
    await().atMost(SOON).until(() -> Listening.clients(probe).isEmpty());
  }

  @Test
  void want_nothing_opensNothing() {
    listening.subscriber.want(new Wanted(Set.of(), Set.of(), null));
    assertThat(listening.subscriber.isUp()).isFalse();
    assertThat(listening.isReading()).isFalse();
    assertThat(Listening.clients(probe)).isEmpty();
  }

  @Test
  void message_toAWantedChannel_isTold() {
    listening.with(channels("ns:a!events"));
    assertThat(listening.subscriber.isUp()).isTrue();
    publish("ns:a!events:old", "not wanted");
    publish("ns:a!events", "hello");
    listening.awaitLine("message ns:a!events hello");
    assertThat(listening.sink.lines()).containsExactly("up", "message ns:a!events hello");
  }

  @Test
  void messages_ofOnePublisher_comeInOrder() {
    listening.with(channels("c"));
    List<String> texts = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();
    texts.forEach(text -> publish("c", text));
    listening.awaitLine("message c 1999");
    assertThat(listening.sink.lines().stream().skip(1))
        .containsExactlyElementsOf(texts.stream().map("message c "::concat).toList());
  }

  @Test
  void message_ofAnyBytes_isToldAsItIs() {
    listening.with(channels("c"));
    byte[] payload = new byte[70_000];
    IntStream.range(0, payload.length).forEach(i -> payload[i] = (byte) i);
    probe.commandBytes("PUBLISH".getBytes(UTF_8), "c".getBytes(UTF_8), payload);
    listening.awaitLine("message c " + new String(payload, ISO_8859_1));
  }

  @Test
  void notified_ofABinaryKey_tellsItsBytes() {
    listening.with(keys("ns:*"));
    byte[] key = "ns:\u0000\u00ff\r\n:x".getBytes(ISO_8859_1);
    probe.set(key, new byte[] {1});
    probe.set("other", "v");
    probe.del(key);
    listening.awaitLine("notified ns:\u0000\u00ff\r\n:x del");
    assertThat(listening.sink.lines())
        .containsExactly(
            "up", "notified ns:\u0000\u00ff\r\n:x set", "notified ns:\u0000\u00ff\r\n:x del");
  }

  @Test
  void notified_ofAnotherDatabase_isNotTold() {
    URI second = URI.create(server.uri() + "/2");
    try (Listening other = new Listening(second).with(keys("k*"));
        RedisProbe there = RedisProbe.of(server)) {
      there.set("k0", "v");
      there.command("SELECT", "2");
      there.set("k2", "v");
      other.awaitLine("notified k2 set");
      assertThat(other.sink.lines()).containsExactly("up", "notified k2 set");
    }
  }

  @Test
  void invalidated_byWriteExpiryAndFlush_isTold() {
    listening.with(tracking("ns:"));
    probe.set("ns:a", "v");
    listening.awaitLine("invalidated ns:a");
    listening.sink.clear();
    probe.command("SET", "ns:b", "v", "PX", "20");
    await().atMost(SOON).until(() -> !probe.exists("ns:b"));
    await().atMost(SOON).until(() -> listening.sink.lines().size() >= 2);
    assertThat(listening.sink.lines()).containsOnly("invalidated ns:b");
    probe.set("other", "v");
    probe.command("FLUSHALL");
    listening.awaitLine(RecordingSink.ALL);
    assertThat(listening.sink.lines()).doesNotContain("invalidated other");
  }

  @Test
  void want_moreWhileConnected_isAdded() {
    listening.with(channels("a"));
    listening.with(tracking(null, "a", "b"));
    listening.with(new Wanted(Set.of("a", "b"), Set.of("k*"), null));
    listening.with(new Wanted(Set.of("a", "b"), Set.of("k*"), "k"));
    publish("a", "1");
    publish("b", "2");
    probe.set("k", "v");
    listening.awaitLine("invalidated k");
    assertThat(listening.sink.lines())
        .containsExactlyInAnyOrder(
            "up", "message a 1", "message b 2", "notified k set", "invalidated k");
  }

  @Test
  void want_lessWhileConnected_isDroppedAtTheServer() {
    listening.with(new Wanted(Set.of("a", "b"), Set.of("k*", "l*"), "k"));
    listening.with(new Wanted(Set.of("b"), Set.of("l*"), null));
    await().atMost(SOON).until(() -> probe.command("PUBSUB", "NUMPAT").equals(1L));
    assertThat(subscribers("a")).isZero();
    assertThat(subscribers("b")).isEqualTo(1);
    probe.set("k", "v");
    publish("a", "1");
    publish("b", "2");
    listening.awaitLine("message b 2");
    assertThat(listening.sink.lines()).containsExactly("up", "message b 2");
  }

  @Test
  void want_onePatternForAnother_losesNothingAndTellsNothingTwice() throws Exception {
    listening.with(keys("ns:a:*"));
    Thread writer =
        new Thread(
            () -> {
              try (RedisProbe own = RedisProbe.of(server)) {
                IntStream.range(0, 3_000).forEach(i -> own.set("ns:a:" + i, "v"));
              }
            });
    writer.start();
    for (int i = 0; writer.isAlive(); i++) {
      listening.with(i % 2 == 0 ? keys("ns:*") : keys("ns:a:*"));
    }
    writer.join();
    listening.awaitLine("notified ns:a:2999 set");
    assertThat(listening.sink.lines().stream().skip(1))
        .containsExactlyElementsOf(
            IntStream.range(0, 3_000).mapToObj(i -> "notified ns:a:" + i + " set").toList());
  }

  @Test
  void want_thousandSubscriptions_standAtOnce() {
    Set<String> channels = IntStream.range(0, 500).mapToObj(i -> "ns:cache" + i).collect(toSet());
    Set<String> patterns =
        IntStream.range(0, 500).mapToObj(i -> "ns:c" + i + ":*").collect(toSet());
    listening.with(new Wanted(channels, patterns, "ns:"));
    assertThat(probe.command("PUBSUB", "NUMPAT")).isEqualTo(500L);
    publish("ns:cache499", "x");
    probe.set("ns:c499:k", "v");
    listening.awaitLine("message ns:cache499 x");
    listening.awaitLine("notified ns:c499:k set");
    listening.awaitLine("invalidated ns:c499:k");
  }

  @Test
  void want_byManyThreads_endsWithWhatWasWantedLast() throws Exception {
    listening.with(channels("start"));
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    new Thread(
                        () ->
                            IntStream.range(0, 100)
                                .forEach(
                                    i -> listening.subscriber.want(channels("c" + t, "d" + i)))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    listening.with(channels("last"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(probe.command("PUBSUB", "CHANNELS")).asString().contains("last"));
    await().atMost(SOON).until(() -> ((List<?>) probe.command("PUBSUB", "CHANNELS")).size() == 1);
    assertThat(listening.sink.states()).containsExactly("up");
  }

  @Test
  void sink_thatThrows_hearsTheNextOne() {
    listening.with(channels("c"));
    listening.sink.failWith(new AssertionError("thrown by a test"));
    publish("c", "1");
    publish("c", "2");
    listening.awaitLine("message c 2");
    await().atMost(SOON).until(() -> listening.subscriber.sinkFailures() == 2);
    assertThat(listening.sink.states()).containsExactly("up");
  }

  @Test
  void silence_onAQuietLine_isNoFalseAlarm() {
    listening.subscriber.silence(Duration.ofMillis(600));
    listening.with(channels("c"));
    long pings = pings();
    await().atMost(SOON).until(() -> pings() - pings >= 10);
    assertThat(listening.sink.lines()).containsExactly("up");
  }

  @Test
  void close_twiceAndWantAfterIt_doNothing() {
    listening.with(channels("c"));
    listening.subscriber.close();
    listening.subscriber.close();
    listening.subscriber.want(channels("d"));
    listening.subscriber.silence(Duration.ofSeconds(1));
    assertThat(listening.subscriber.await(SOON)).isFalse();
    assertThat(listening.subscriber.isUp()).isFalse();
    assertThat(listening.sink.lines()).containsExactly("up");
  }

  private static long pings() {
    return probe.commandCounts().getOrDefault("ping", 0L);
  }

  private static long subscribers(String channel) {
    return (Long) ((List<?>) probe.command("PUBSUB", "NUMSUB", channel)).get(1);
  }

  private static void publish(String channel, String text) {
    probe.command("PUBLISH", channel, text);
  }
}
