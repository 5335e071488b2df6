// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a number within bounds. Text that only Lua takes for a number, such as 1.5 or 0x10, is
 * for Java, which tells what is wrong with it.
 */
record Increment<K>(long by, long min, long max)
    implements LuaEntryProcessor<K, Long, Long>, Serializable {
  private static final String LUA =
      """
      local exact = 9007199254740992
      local text = entry.value or '0'
      if not string.find(text, '^-?%d+$') then
        entry:decline()
        return false
      end
      local by, min, max = tonumber(args[1]), tonumber(args[2]), tonumber(args[3])
      local number = tonumber(text)
      local sum = number + by
      if math.max(math.abs(number), math.abs(by), math.abs(sum)) >= exact then
        entry:decline()
        return false
      end
      if sum < min or sum > max then
        return false
      end
      entry:set(sum)
      return string.format('%.0f', sum)
      """;

  Increment {
    if (min > max) {
      throw new IllegalArgumentException("min is " + min + ", larger than max, " + max);
    }
  }

  @Override
  public String lua() {
    return LUA;
  }

  @Override
  public Optional<Class<?>> textType() {
    return Optional.of(Long.class);
  }

  @Override
  public List<byte[]> arguments(ValueBytes<Long> values, Object... arguments) {
    return List.of(
        LuaEntryProcessor.text(by), LuaEntryProcessor.text(min), LuaEntryProcessor.text(max));
  }

  @Override
  public @Nullable Long result(@Nullable Object reply, ValueBytes<Long> values) {
    return reply instanceof byte[] text
        ? Long.valueOf(new String(text, java.nio.charset.StandardCharsets.US_ASCII))
        : null;
  }

  @Override
  public @Nullable Long process(MutableEntry<K, Long> entry, Object... arguments) {
    long sum = Math.addExact(entry.exists() ? entry.getValue() : 0, by);
    if (sum < min || sum > max) {
      return null;
    }
    entry.setValue(sum);
    return sum;
  }
}
