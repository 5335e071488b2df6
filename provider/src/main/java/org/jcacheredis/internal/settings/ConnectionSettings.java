// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the server.
 *
 * @param uri {@code redis://} or {@code rediss://}; may carry user, password and database
 * @param user overrides the user of the URI
 * @param password overrides the password of the URI
 * @param database overrides the database of the URI
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
    Pool pool,
    Tls tls,
    boolean eager) {

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
      boolean verifyHostname) {}
}
