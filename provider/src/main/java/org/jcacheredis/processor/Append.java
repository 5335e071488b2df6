// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Appends to a text. */
record Append<K>(String suffix) implements LuaEntryProcessor<K, String, Integer>, Serializable {
  private static final String LUA =
      """
      if args[2] ~= 'utf-8' then
        entry:decline()
        return false
      end
      local text = (entry.value or '') .. args[1]
      entry:set(text)
      return text
      """;

  Append {
    Objects.requireNonNull(suffix, "suffix must not be null");
  }

  @Override
  public String lua() {
    return LUA;
  }

  @Override
  public Optional<Class<?>> textType() {
    return Optional.of(String.class);
  }

  /** Half a surrogate pair has no UTF-8 form: that is for Java. */
  @Override
  public List<byte[]> arguments(ValueBytes<String> values, Object... arguments) {
    boolean exact = StandardCharsets.UTF_8.newEncoder().canEncode(suffix);
    return List.of(LuaEntryProcessor.text(suffix), LuaEntryProcessor.text(exact ? "utf-8" : ""));
  }

  /** The length is that of the Java string, which is not that of its bytes. */
  @Override
  public Integer result(@Nullable Object reply, ValueBytes<String> values) {
    return reply instanceof byte[] text ? new String(text, StandardCharsets.UTF_8).length() : 0;
  }

  @Override
  public Integer process(MutableEntry<K, String> entry, Object... arguments) {
    String text = entry.exists() ? entry.getValue() + suffix : suffix;
    entry.setValue(text);
    return text.length();
  }
}
