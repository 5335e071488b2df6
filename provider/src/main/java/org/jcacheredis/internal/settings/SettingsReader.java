// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.net.URI;
import java.util.Properties;

/** Finds the settings of a cache manager in all their sources. Thread-safe. */
public final class SettingsReader {
  /** The manager URI when none is given, and the one file that may be absent. */
  public static final URI DEFAULT_URI = URI.create("classpath:jcache-redis.conf");

  private SettingsReader() {}

  /**
   * Reads and checks all settings; connects to nothing. For one setting, the first of these counts:
   * the {@code properties}, the system properties as they are now, the file that the URI names, the
   * defaults of {@code reference.conf}. A {@code redis://} or {@code rediss://} URI overrides the
   * setting {@code uri} of every source, and takes the rest from the default file, if there is one.
   *
   * @param properties keys that do not begin with {@code jcache-redis.} are ignored
   * @param loader finds {@code classpath:} resources
   * @throws IllegalArgumentException if the URI is of another kind, or settings are unknown or have
   *     bad values; the message names them all, where they come from and what was expected
   * @throws javax.cache.CacheException if a file cannot be read
   */
  public static ManagerSettings read(URI managerUri, Properties properties, ClassLoader loader) {
    Problems problems = new Problems();
    ManagerLocation location = ManagerLocation.of(managerUri, loader);
    Layer file = location.read(problems);
    // a copy, since other threads may change them meanwhile
    Properties system = (Properties) System.getProperties().clone();
    Layer all =
        PropertySource.read(properties, "properties of the manager", problems)
            .over(PropertySource.read(system, "system property", problems))
            .over(file);
    return CheckedSettings.of(location.serverLayer().over(all), problems);
  }
}
