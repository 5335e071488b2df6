// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a cache lies on the server.
 *
 * @param layout as the setting names it
 * @param partitions 0 for the provider's own default
 */
record Arrangement(String layout, int partitions) {
  private static final String DEFAULTS = "jcache-redis.cache-defaults.";
  private static final Pattern TEXT = Pattern.compile("(keys|hash)(?:-(\\d+))?");

  /**
   * Reads {@code keys}, {@code hash} or, with a number of partitions, {@code hash-64}.
   *
   * @throws IllegalArgumentException naming the text and what was expected
   */
  static Arrangement parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "layout '" + text + "' is unknown; expected keys, hash or, with partitions, hash-64");
    }
    return new Arrangement(
        parts.group(1), parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
  }

  /** What the provider is told. */
  Properties settings() {
    Properties settings = new Properties();
    settings.setProperty(DEFAULTS + "layout", layout);
    if (partitions > 0) {
      settings.setProperty(DEFAULTS + "partitions", Integer.toString(partitions));
    }
    return settings;
  }

  @Override
  public String toString() {
    return partitions == 0 ? layout : layout + "-" + partitions;
  }
}
