// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that are measured. Thread-safe; each fork loads one implementation only. */
interface CacheUnderTest extends AutoCloseable {
  @Nullable String get(String key);

  void put(String key, String value);

  Map<String, String> getAll(Set<String> keys);

  void putAll(Map<String, String> entries);

  /** Replaces the value by {@link Payload#next}, atomically as far as the contender can. */
  @Nullable String increment(String key);

  /** Removes what the run stored and gives the connections back. */
  @Override
  void close();
}
