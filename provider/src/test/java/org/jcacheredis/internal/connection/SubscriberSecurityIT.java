// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jcacheredis.internal.connection.Listening.SOON;
import static org.jcacheredis.internal.connection.Listening.channels;
import static org.jcacheredis.internal.connection.Listening.keys;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jcacheredis.internal.connection.Subscriber.Wanted;
import org.jcacheredis.internal.settings.ConnectionSettings.Pool;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisTlsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listening connection with users, passwords, rights and certificates, right and wrong ones. */
class SubscriberSecurityIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static RedisTlsServer server;
  private static RedisProbe probe;

  @BeforeAll
  static void start() {
    server = RedisTlsServer.start("--notify-keyspace-events", "KA");
    probe = RedisProbe.of(server.plain());
  }

  @AfterAll
  static void stop() {
    probe.close();
    server.close();
  }

  @BeforeEach
  void setUser() {
    acl("reset", "on", ">s3cret", "~*", "+@all", "resetchannels", "&ns:*", "&__keyspace@0__:ns:*");
  }

  private static void acl(String... rules) {
    String[] words = new String[3 + rules.length];
    System.arraycopy(new String[] {"ACL", "SETUSER", "app"}, 0, words, 0, 3);
    System.arraycopy(rules, 0, words, 3, rules.length);
    probe.command(words);
  }

  @Test
  void want_withTheRights_isGranted() {
    try (Listening listening = new Listening(uri("s3cret"))) {
      listening.with(new Wanted(Set.of("ns:c"), Set.of("ns:*"), "ns:"));
      probe.set("ns:k", "v");
      listening.awaitLine("notified ns:k set");
    }
  }

  @Test
  void want_withoutTheRightToAChannel_isRefusedUntilItIsGranted() {
    try (Listening listening = new Listening(uri("s3cret"))) {
      listening.subscriber.want(keys("other:*"));
      assertThat(listening.subscriber.await(LONG)).isFalse();
      assertThat(listening.sink.lines()).isEmpty();
      acl("&*");
      listening.awaitStates("up");
    }
  }

  @Test
  void want_refusedAndReplaced_isGrantedWithoutAPause() {
    try (Listening listening = new Listening(uri("s3cret"))) {
      for (int i = 0; i < 8; i++) {
        listening.subscriber.want(channels("other" + i));
        assertThat(listening.subscriber.await(LONG)).isFalse();
      }
      listening.with(channels("ns:c"));
    }
  }

  @Test
  void want_refusedWhileConnected_isAGapWithAReason() {
    try (Listening listening = new Listening(uri("s3cret")).with(channels("ns:c"))) {
      listening.subscriber.want(channels("ns:c", "other"));
      assertThat(listening.subscriber.await(LONG)).isFalse();
      listening.awaitStates("up", "down");
      assertThat(listening.sink.reasons().get(0))
          .startsWith(server.plain().uri() + " answered 'NOPERM ")
          .endsWith("; give the user the channels &<namespace>* and &__keyspace@*");
      listening.with(channels("ns:c"));
      listening.awaitStates("up", "down", "up");
    }
  }

  @Test
  void user_deletedAndMadeAgain_isHeardAgain() {
    try (Listening listening = new Listening(uri("s3cret")).with(channels("ns:c"))) {
      probe.command("ACL", "DELUSER", "app");
      listening.awaitStates("up", "down");
      await().atMost(SOON).until(() -> !listening.subscriber.await(LONG));
      setUser();
      listening.awaitStates("up", "down", "up");
    }
  }

  @Test
  void want_withAWrongPassword_isRefusedUntilItIsRight() {
    try (Listening listening = new Listening(uri("wr0ng"))) {
      listening.subscriber.want(channels("ns:c"));
      assertThat(listening.subscriber.await(LONG)).isFalse();
      acl(">wr0ng");
      listening.awaitStates("up");
    }
  }

  @Test
  void close_whileRefused_endsAtOnce() {
    try (Listening listening = new Listening(uri("wr0ng"))) {
      listening.subscriber.want(channels("ns:c"));
      assertThat(listening.subscriber.await(LONG)).isFalse();
      long start = System.nanoTime();
      listening.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void tls_withTheTrustStore_hears() {
    try (Listening listening = encrypted(server)) {
      listening.with(new Wanted(Set.of("ns:c"), Set.of("ns:*"), "ns:"));
      listening.with(new Wanted(Set.of("ns:c", "ns:d"), Set.of("ns:*"), "ns:"));
      probe.command("PUBLISH", "ns:d", "x".repeat(100_000));
      listening.awaitLine("message ns:d " + "x".repeat(100_000));
      Listening.kill(probe);
      listening.awaitStates("up", "down", "up");
    }
  }

  @Test
  void tls_frozenServer_isNoticedAndCanBeClosed() {
    try (Listening listening = encrypted(server)) {
      listening.subscriber.silence(Duration.ofMillis(600));
      listening.with(channels("ns:c"));
      server.plain().freeze();
      try {
        listening.awaitStates("up", "down");
        listening.close();
      } finally {
        server.plain().thaw();
      }
    }
  }

  @Test
  void tls_withTheTrustStoreOfAnotherServer_fails() {
    try (RedisTlsServer stranger = RedisTlsServer.start();
        Listening listening =
            new Listening(
                Connections.settings(
                    server.uri(),
                    TIMEOUT,
                    new Pool(1, 0, TIMEOUT),
                    stranger.trustStore(),
                    stranger.trustStorePassword()))) {
      listening.subscriber.want(channels("ns:c"));
      assertThat(listening.subscriber.await(LONG)).isFalse();
    }
  }

  private static Listening encrypted(RedisTlsServer server) {
    return new Listening(
        Connections.settings(
            server.uri(),
            TIMEOUT,
            new Pool(1, 0, TIMEOUT),
            server.trustStore(),
            server.trustStorePassword()));
  }

  private static URI uri(String password) {
    return URI.create("redis://app:" + password + "@127.0.0.1:" + server.plain().port());
  }
}
