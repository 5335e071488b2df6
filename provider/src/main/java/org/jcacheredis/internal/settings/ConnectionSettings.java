// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the server. {@code toString} leaves all passwords out.
 *
 * @param uri {@code redis://} or {@code rediss://}; what it carries of user, password and database
 *     moves into the next three components, so what remains here is scheme, host and port
 * @param user overrides the user of the URI; null for the server's default user
 * @param password overrides the password of the URI; null for none
 * @param database overrides the database of the URI; null for 0
 * @param commandTimeout the longest wait for one reply
 * @param operationTimeout the longest a whole cache call may wait: locks, retries and leases
 *     included
 */
public record ConnectionSettings(
    URI uri,
    @Nullable String user,
    @Nullable String password,
    @Nullable Integer database,
    String clientName,
    Duration connectTimeout,
    Duration commandTimeout,
    Duration operationTimeout,
    Pipelining pipelining,
    Pool pool,
    Tls tls,
    boolean eager) {

  /**
   * @throws IllegalArgumentException if the URI is not of the form {@code
   *     redis[s]://[[user]:password@]host[:port][/database]}
   */
  public ConnectionSettings {
    RedisUri parts = RedisUri.parse(uri.toString());
    user = user == null ? parts.user() : user;
    password = password == null ? parts.password() : password;
    database = database == null ? parts.database() : database;
    uri = URI.create(parts.address());
  }

  /** A name or an address, IPv6 without brackets; unlike the URI's, it is never null. */
  public String host() {
    return RedisUri.parse(uri.toString()).host();
  }

  public int port() {
    return RedisUri.parse(uri.toString()).port();
  }

  /** Whether the connection is encrypted: {@code rediss://}. */
  public boolean encrypted() {
    return RedisUri.parse(uri.toString()).tls();
  }

  @Override
  public String toString() {
    return "ConnectionSettings[uri=%s, user=%s, password=%s, database=%s]"
        .formatted(uri, user, masked(password), database);
  }

  private static String masked(@Nullable String password) {
    return password == null ? "none" : "***";
  }

  /**
   * How threads share connections.
   *
   * @param lanes the number of shared connections; 0 for none
   * @param maxCommands the most commands of one pipeline
   * @param maxBytes the bytes after which no command is added to a pipeline
   * @param largeValue the most bytes of a command, or an expected reply, that shares a connection
   */
  public record Pipelining(int lanes, int maxCommands, int maxBytes, int largeValue) {}

  /** Bounds of the connection pool. */
  public record Pool(int maxSize, int minIdle, Duration maxWait) {}

  /**
   * Used by {@code rediss://} alone.
   *
   * @param truststore null for the JVM's own
   * @param keystore null without a client certificate
   */
  public record Tls(
      @Nullable Path truststore,
      @Nullable String truststorePassword,
      @Nullable Path keystore,
      @Nullable String keystorePassword,
      boolean verifyHostname) {
    @Override
    public String toString() {
      return "Tls[truststore=%s, keystore=%s, verifyHostname=%s]"
          .formatted(truststore, keystore, verifyHostname);
    }
  }
}
