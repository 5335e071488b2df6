// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;

/**
 * A cache's configuration with settings of this provider, for those who configure in code. What is
 * set here goes before what files, templates and properties say of the cache. Not thread-safe;
 * {@code createCache} takes a copy.
 *
 * <pre>{@code
 * manager.createCache("users",
 *     new RedisCacheConfiguration<String, User>()
 *         .setting("ttl-jitter", 10)
 *         .setting("codec.compression", "zstd"));
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public class RedisCacheConfiguration<K, V> extends MutableConfiguration<K, V> {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a LinkedHashMap of what the application put there
  private final Map<String, Object> settings = new LinkedHashMap<>();

  /** A configuration like {@code MutableConfiguration}'s, with no settings of its own. */
  public RedisCacheConfiguration() {}

  /** A copy of another configuration, its settings included if it has any. */
  public RedisCacheConfiguration(CompleteConfiguration<K, V> other) {
    super(other);
    if (other instanceof RedisCacheConfiguration<K, V> same) {
      settings.putAll(same.settings);
    }
  }

  /**
   * Sets one of the cache's settings.
   *
   * @param name its path below the cache, as in {@code docs/configuration.md}: {@code ttl-jitter},
   *     {@code codec.allow}, {@code load.negative-ttl}
   * @param value a string as in a file, or a number, boolean or {@code java.time.Duration}; checked
   *     by {@code createCache}, which throws {@code IllegalArgumentException}
   */
  public RedisCacheConfiguration<K, V> setting(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** The settings made here, a copy. */
  public Map<String, Object> settings() {
    return new LinkedHashMap<>(settings);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisCacheConfiguration<?, ?> that
        && super.equals(other)
        && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings.hashCode();
  }
}
