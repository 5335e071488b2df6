// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Servers that tests share, so that a suite pays for one start. */
public final class TestServers {
  private static final int DEFAULT_PORT = 6379;
  private static final Pattern SCHEME = Pattern.compile("rediss?", Pattern.CASE_INSENSITIVE);
  private static final String MALFORMED =
      "REDIS_URL is no address of a server; write redis://[[user]:password@]host[:port][/database]";

  private TestServers() {}

  /**
   * The standalone server of this JVM: the one that system property {@code redis.url} or variable
   * {@code REDIS_URL} names, else a process that is started on first use and ends with the JVM.
   * Thread-safe. Tests must leave it as they found it: running, with the settings it had.
   */
  public static RedisEndpoint shared() {
    return Shared.SERVER;
  }

  /**
   * An address as {@code REDIS_URL} may give it, made complete: the port is 6379 if it names none.
   *
   * @throws IllegalArgumentException in one sentence, without the text, which may hold a password
   */
  public static URI address(String text) {
    try {
      URI uri = new URI(text.strip());
      if (uri.getHost() == null || !SCHEME.matcher("" + uri.getScheme()).matches()) {
        throw new IllegalArgumentException(MALFORMED);
      }
      int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
      return new URI(
          uri.getScheme(), uri.getUserInfo(), uri.getHost(), port, uri.getPath(), null, null);
    } catch (URISyntaxException e) {
      // not as the cause: its message quotes the text
      throw new IllegalArgumentException(MALFORMED);
    }
  }

  private static final class Shared {
    static final RedisEndpoint SERVER = open();

    private static RedisEndpoint open() {
      @Nullable String url = Settings.find("redis.url", "REDIS_URL");
      return url == null ? RedisServer.start() : new ExternalServer(address(url));
    }
  }

  private record ExternalServer(URI uri) implements RedisEndpoint {}
}
