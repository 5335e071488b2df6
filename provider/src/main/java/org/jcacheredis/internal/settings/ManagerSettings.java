// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.Map;
import java.util.Set;

/** All settings of one cache manager, read and checked once. Immutable and thread-safe. */
public interface ManagerSettings {
  /** How to reach the server. */
  ConnectionSettings connection();

  /** The first part of every key: letters, digits, dot, dash and underscore. */
  String namespace();

  /** What this manager does for listeners in other JVMs, and for its own. */
  Events events();

  /** The names that the configuration declares: these caches exist without {@code createCache}. */
  Set<String> declaredCaches();

  /**
   * The settings of a cache by name: defaults, matching templates, its declaration, then {@code
   * overrides} (setting path below the cache, e.g. {@code ttl-jitter}, to value).
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  CacheSettings cache(String name, Map<String, ?> overrides);

  /**
   * What is done for listeners.
   *
   * @param announce whether writes tell listeners in other JVMs what they did
   * @param configureServer whether flags that are missing in the server's {@code
   *     notify-keyspace-events} may be added
   */
  record Events(boolean announce, boolean configureServer) {}
}
