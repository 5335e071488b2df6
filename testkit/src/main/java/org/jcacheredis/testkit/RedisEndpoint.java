// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.net.URI;

/** Where a server listens, whether this JVM started it or not. */
public interface RedisEndpoint {
  /** The address as {@code redis://[user:password@]host:port[/database]}. */
  URI uri();

  /** The host of {@link #uri()}. */
  default String host() {
    return uri().getHost();
  }

  /** The port of {@link #uri()}, 6379 when it names none. */
  default int port() {
    return uri().getPort() < 0 ? 6379 : uri().getPort();
  }
}
