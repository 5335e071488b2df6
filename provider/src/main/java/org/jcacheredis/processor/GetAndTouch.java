// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Reads a value and gives its entry a new lifetime. */
record GetAndTouch<K, V>(Duration ttl) implements LuaEntryProcessor<K, V, V>, Serializable {
  /** From here on {@code entry:touch} takes a lifetime as eternal. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE >> 2);

  private static final String LUA =
      """
      if not entry.exists then
        return false
      end
      entry:touch(args[1])
      return entry.bytes
      """;

  GetAndTouch {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl is " + ttl + "; expected a positive duration");
    }
  }

  /**
   * As {@code RedisCache.put} counts: no less than a millisecond, and eternal beyond all bounds.
   */
  private long millis() {
    return Math.max(1, (ttl.compareTo(LONGEST) >= 0 ? LONGEST : ttl).toMillis());
  }

  @Override
  public String lua() {
    return LUA;
  }

  @Override
  public Optional<Class<?>> textType() {
    return Optional.empty();
  }

  @Override
  public List<byte[]> arguments(ValueBytes<V> values, Object... arguments) {
    return List.of(LuaEntryProcessor.text(millis()));
  }

  @Override
  public @Nullable V result(@Nullable Object reply, ValueBytes<V> values) {
    return reply instanceof byte[] bytes ? values.decode(bytes) : null;
  }

  @Override
  @SuppressWarnings("unchecked") // the entry's own type, seen through another interface
  public @Nullable V process(MutableEntry<K, V> entry, Object... arguments) {
    if (!entry.exists()) {
      return null;
    }
    V value = entry.getValue();
    entry.unwrap(TouchableEntry.class).touch(ttl);
    return value;
  }
}
