// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jcacheredis.internal.settings.ConnectionSettings.Pipelining;
import org.jcacheredis.internal.settings.ConnectionSettings.Pool;
import org.jcacheredis.internal.settings.ConnectionSettings.Tls;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jspecify.annotations.Nullable;

/** Connections for tests, without the settings' own defaults. */
public final class Connections {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration TOTAL = Duration.ofSeconds(10);
  private static final Pipelining PIPELINING = new Pipelining(2, 64, 65_536, 16_384);
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "test-timer");
            thread.setDaemon(true);
            return thread;
          });

  private Connections() {}

  /** A patient connection to a server. */
  public static Redis open(RedisEndpoint server) {
    return open(settings(server.uri(), Duration.ofSeconds(5)));
  }

  /** A connection whose errors begin with {@code cache 'orders'}. */
  public static Redis open(ConnectionSettings settings) {
    return Standalone.open(settings, "cache 'orders'", TIMER, TIMER);
  }

  /** Settings with this command timeout and a pool of four. */
  public static ConnectionSettings settings(URI uri, Duration commandTimeout) {
    return settings(uri, commandTimeout, new Pool(4, 0, Duration.ofSeconds(1)), null, null);
  }

  /** Settings that share connections in a way of their own. */
  public static ConnectionSettings sharing(
      URI uri, Duration commandTimeout, Pipelining pipelining) {
    Pool pool = new Pool(4, 0, Duration.ofSeconds(1));
    Tls tls = new Tls(null, null, null, null, true);
    return new ConnectionSettings(
        uri,
        null,
        null,
        null,
        "storetests",
        CONNECT,
        commandTimeout,
        TOTAL,
        pipelining,
        pool,
        tls,
        false);
  }

  /** Settings with a pool and a trust store of their own. */
  public static ConnectionSettings settings(
      URI uri,
      Duration commandTimeout,
      Pool pool,
      java.nio.file.@Nullable Path trustStore,
      @Nullable String trustStorePassword) {
    Tls tls = new Tls(trustStore, trustStorePassword, null, null, true);
    return new ConnectionSettings(
        uri,
        null,
        null,
        null,
        "storetests",
        CONNECT,
        commandTimeout,
        TOTAL,
        PIPELINING,
        pool,
        tls,
        false);
  }
}
