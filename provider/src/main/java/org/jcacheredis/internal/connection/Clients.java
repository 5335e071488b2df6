// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.executors.DefaultCommandExecutor;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Builds the client library's clients from our settings. */
final class Clients {
  private Clients() {}

  /**
   * A client and the executor it works by. Lazy: with the protocol given, nothing is opened before
   * the first command.
   *
   * @param leaders platform threads that do the work of virtual ones
   */
  static Client standalone(ConnectionSettings settings, Executor leaders) {
    HostAndPort server = new HostAndPort(settings.host(), settings.port());
    JedisClientConfig config = config(settings);
    PooledConnectionProvider pool =
        new PooledConnectionProvider(OneTimeConnection.factory(server, config), pool(settings));
    PipeliningExecutor executor =
        new PipeliningExecutor(
            new DefaultCommandExecutor(pool),
            () -> new OneTimeConnection(server, config),
            leaders,
            settings);
    return new Client(
        RedisClient.builder()
            .clientConfig(config)
            .connectionProvider(pool)
            .commandExecutor(executor)
            .build(),
        executor);
  }

  /** The client library's object, which closes the executor, and the executor itself. */
  record Client(RedisClient jedis, PipeliningExecutor executor) {}

  private static DefaultJedisClientConfig config(ConnectionSettings settings) {
    return config(settings, DefaultJedisClientConfig.builder().resp2(), settings.clientName());
  }

  /** For a connection to which the server speaks of its own accord. */
  static JedisClientConfig listening(ConnectionSettings settings) {
    return config(
        settings, DefaultJedisClientConfig.builder().resp3(), settings.clientName() + "-events");
  }

  private static DefaultJedisClientConfig config(
      ConnectionSettings settings, DefaultJedisClientConfig.Builder builder, String clientName) {
    builder
        .connectionTimeoutMillis((int) settings.connectTimeout().toMillis())
        .socketTimeoutMillis((int) settings.commandTimeout().toMillis())
        .clientName(clientName);
    Optional.ofNullable(settings.user()).ifPresent(builder::user);
    Optional.ofNullable(settings.password()).ifPresent(builder::password);
    Optional.ofNullable(settings.database()).ifPresent(builder::database);
    if (settings.encrypted()) {
      builder.sslOptions(tls(settings.tls()));
    }
    return builder.build();
  }

  private static ConnectionPoolConfig pool(ConnectionSettings settings) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(settings.pool().maxSize());
    pool.setMaxIdle(settings.pool().maxSize());
    pool.setMinIdle(settings.pool().minIdle());
    pool.setMaxWait(settings.pool().maxWait());
    pool.setJmxEnabled(false);
    return pool;
  }

  private static SslOptions tls(ConnectionSettings.Tls tls) {
    SslOptions.Builder builder =
        SslOptions.builder()
            .sslVerifyMode(tls.verifyHostname() ? SslVerifyMode.FULL : SslVerifyMode.CA);
    if (tls.truststore() != null) {
      builder.truststore(tls.truststore().toFile(), chars(tls.truststorePassword()));
    }
    if (tls.keystore() != null) {
      builder.keystore(tls.keystore().toFile(), chars(tls.keystorePassword()));
    }
    return builder.build();
  }

  private static char[] chars(@Nullable String password) {
    return password == null ? new char[0] : password.toCharArray();
  }
}
