// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.Optional;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** Builds the client library's clients from our settings. */
final class Clients {
  private Clients() {}

  /** Lazy: with the protocol given, nothing is opened before the first command. */
  static RedisClient standalone(ConnectionSettings settings) {
    return RedisClient.builder()
        .hostAndPort(settings.host(), settings.port())
        .clientConfig(config(settings))
        .poolConfig(pool(settings))
        .build();
  }

  private static DefaultJedisClientConfig config(ConnectionSettings settings) {
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis((int) settings.connectTimeout().toMillis())
            .socketTimeoutMillis((int) settings.commandTimeout().toMillis())
            .clientName(settings.clientName());
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
