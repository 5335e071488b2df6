// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Servers that tests share, so that a suite pays for one start. */
public final class TestServers {
  private TestServers() {}

  /**
   * The standalone server of this JVM: the one that system property {@code redis.url} or variable
   * {@code REDIS_URL} names, else a process that is started on first use and ends with the JVM.
   * Thread-safe. Tests must leave it as they found it: running, with the settings it had.
   */
  public static RedisEndpoint shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final RedisEndpoint SERVER = open();

    private static RedisEndpoint open() {
      @Nullable String url = Settings.find("redis.url", "REDIS_URL");
      return url == null ? RedisServer.start() : new ExternalServer(URI.create(url));
    }
  }

  private record ExternalServer(URI uri) implements RedisEndpoint {}
}
