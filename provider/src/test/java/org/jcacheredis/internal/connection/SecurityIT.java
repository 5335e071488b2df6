// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.internal.connection.StandaloneIT.everything;
import static org.jcacheredis.internal.connection.StandaloneIT.failure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jcacheredis.RedisException;
import org.jcacheredis.RedisException.Fate;
import org.jcacheredis.internal.settings.ConnectionSettings.Pool;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisTlsServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users, passwords, rights and certificates, right and wrong ones. */
class SecurityIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration IN_TIME = Duration.ofSeconds(6);
  private static final Pool POOL = new Pool(4, 0, Duration.ofSeconds(1));
  private static final Command SET =
      Command.of(Verb.SET).key("other:key".getBytes(UTF_8)).with("v");

  private static RedisTlsServer server;
  private static RedisProbe probe;

  @BeforeAll
  static void start() {
    server = RedisTlsServer.start();
    probe = RedisProbe.of(server.plain());
    probe.command("ACL", "SETUSER", "app", "on", ">s3cret", "~mine:*", "+@all");
  }

  @AfterAll
  static void stop() {
    probe.close();
    server.close();
  }

  @Test
  void call_rightPassword_works() {
    try (Redis redis = plain("app:s3cret")) {
      redis.ping();
    }
  }

  @Test
  void call_wrongPassword_isRefusedWithARemedy() {
    try (Redis redis = plain("app:wr0ng")) {
      RedisException failure = failure(IN_TIME, () -> redis.call(SET));
      assertThat(failure)
          .hasMessageStartingWith("cache 'orders': redis://127.0.0.1:")
          .hasMessageContaining("WRONGPASS")
          .hasMessageEndingWith("; check user, password and the user's rights");
      assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
      assertThat(everything(failure)).doesNotContain("wr0ng");
    }
  }

  @Test
  void call_withoutTheRight_isRefusedWithARemedy() {
    try (Redis redis = plain("app:s3cret")) {
      RedisException failure = failure(IN_TIME, () -> redis.call(SET));
      assertThat(failure)
          .hasMessageContaining("NOPERM")
          .hasMessageEndingWith("; check user, password and the user's rights");
      assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
      assertThat(everything(failure)).doesNotContain("s3cret");
      assertThat(probe.exists("other:key")).isFalse();
    }
  }

  @Test
  void tls_rightTrustStore_works() {
    try (Redis redis = encrypted(server.trustStore(), server.trustStorePassword())) {
      redis.call(SET);
      assertThat(probe.get("other:key")).isEqualTo("v");
      probe.del("other:key");
    }
  }

  @Test
  void tls_trustStoreOfAnotherServer_isRefused() {
    try (RedisTlsServer stranger = RedisTlsServer.start();
        Redis redis = encrypted(stranger.trustStore(), stranger.trustStorePassword())) {
      assertNoTrust(redis);
    }
  }

  @Test
  void tls_withoutTrustStore_isRefusedByTheTrustOfTheJvm() {
    try (Redis redis = encrypted(null, null)) {
      assertNoTrust(redis);
    }
  }

  private static void assertNoTrust(Redis redis) {
    RedisException failure = failure(IN_TIME, () -> redis.call(SET));
    assertThat(failure)
        .hasMessageStartingWith("cache 'orders': cannot connect to rediss://127.0.0.1:")
        .hasMessageContaining("; nothing was changed");
    assertThat(everything(failure)).contains("SSLHandshakeException");
    assertThat(failure.fate()).isEqualTo(Fate.NOT_DONE);
    assertThat(probe.exists("other:key")).isFalse();
  }

  @Test
  void tls_onAPlainPort_failsInTime() {
    URI plainPort = URI.create("rediss://127.0.0.1:" + server.plain().port());
    try (Redis redis =
        Connections.open(
            Connections.settings(
                plainPort,
                Duration.ofSeconds(1),
                POOL,
                server.trustStore(),
                server.trustStorePassword()))) {
      assertThat(failure(IN_TIME, () -> redis.call(SET)))
          .hasMessageStartingWith("cache 'orders': cannot connect to rediss://127.0.0.1:");
    }
  }

  private static Redis plain(String credentials) {
    URI uri = URI.create("redis://" + credentials + "@127.0.0.1:" + server.plain().port());
    return Connections.open(Connections.settings(uri, TIMEOUT));
  }

  private static Redis encrypted(@Nullable Path trustStore, @Nullable String password) {
    return Connections.open(
        Connections.settings(server.uri(), TIMEOUT, POOL, trustStore, password));
  }
}
