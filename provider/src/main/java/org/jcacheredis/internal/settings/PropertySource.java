// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads settings from properties whose keys begin with {@code jcache-redis.}; others are not ours.
 */
final class PropertySource {
  private static final String PREFIX = Hocon.ROOT + ".";

  private PropertySource() {}

  /**
   * The settings among the properties, those of {@link Properties}' own defaults included.
   *
   * @param origin where they come from, for messages
   */
  static Layer read(Properties properties, String origin, Problems problems) {
    Map<Object, Object> all = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
    // frameworks put objects of other types into the map, which the line above leaves out
    all.putAll(properties);
    Map<List<String>, Found> values = new LinkedHashMap<>();
    all.forEach(
        (key, value) -> {
          if (key instanceof String name && name.startsWith(PREFIX)) {
            Hocon.path(name.substring(PREFIX.length()))
                .ifPresentOrElse(
                    path -> values.put(path, Found.object(value, origin)),
                    () -> problems.add(unreadable(name, origin)));
          }
        });
    return new Layer(values);
  }

  private static String unreadable(String name, String origin) {
    return "property '%s' (%s) is not a path; %s"
        .formatted(
            name,
            origin,
            "put a name with special characters in quotes:"
                + " jcache-redis.templates.\"com.acme.*\".ttl-jitter");
  }

  /** Settings of one cache, their paths counted from its block. */
  static Layer overrides(Map<String, ?> overrides, String cache) {
    Map<List<String>, Found> values = new LinkedHashMap<>();
    overrides.forEach(
        (name, value) ->
            values.put(
                List.of(name.split("\\.", -1)),
                Found.object(value, "set for cache '" + cache + "'")));
    return new Layer(values);
  }
}
