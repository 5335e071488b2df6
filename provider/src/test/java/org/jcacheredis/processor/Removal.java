// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.util.List;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Removes the entry. */
record Removal() implements LuaEntryProcessor<String, Long, Object> {
  @Override
  public String lua() {
    return "entry:remove()";
  }

  @Override
  public Optional<Class<?>> textType() {
    return Optional.empty();
  }

  @Override
  public List<byte[]> arguments(ValueBytes<Long> values, Object... arguments) {
    return List.of();
  }

  @Override
  public @Nullable Object result(@Nullable Object reply, ValueBytes<Long> values) {
    return reply;
  }

  @Override
  public @Nullable Object process(MutableEntry<String, Long> entry, Object... arguments) {
    entry.remove();
    return null;
  }
}
