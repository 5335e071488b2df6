// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Stores one value in the place of another. */
@SuppressWarnings("serial") // serializable as far as its values are
record CompareAndSet<K, V>(V expected, V update)
    implements LuaEntryProcessor<K, V, Boolean>, Serializable {
  private static final String LUA =
      """
      if not entry.exists then
        return false
      end
      if entry.bytes ~= args[1] then
        entry:decline()
        return false
      end
      entry:put(args[2])
      return 1
      """;

  CompareAndSet {
    Objects.requireNonNull(expected, "expected must not be null");
    Objects.requireNonNull(update, "update must not be null");
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
    return List.of(values.encode(expected), values.encode(update));
  }

  @Override
  public Boolean result(@Nullable Object reply, ValueBytes<V> values) {
    return reply != null;
  }

  @Override
  public Boolean process(MutableEntry<K, V> entry, Object... arguments) {
    boolean equal = entry.exists() && expected.equals(entry.getValue());
    if (equal) {
      entry.setValue(update);
    }
    return equal;
  }
}
