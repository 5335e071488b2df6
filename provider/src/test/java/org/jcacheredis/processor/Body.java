// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Any body; its result as the server gives it, strings as text. In Java it returns "java". */
record Body(String lua) implements LuaEntryProcessor<String, Long, Object> {
  @Override
  public Optional<Class<?>> textType() {
    return Optional.of(Long.class);
  }

  @Override
  public List<byte[]> arguments(ValueBytes<Long> values, Object... arguments) {
    return Arrays.stream(arguments).map(LuaEntryProcessor::text).toList();
  }

  @Override
  public @Nullable Object result(@Nullable Object reply, ValueBytes<Long> values) {
    return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : reply;
  }

  @Override
  public Object process(MutableEntry<String, Long> entry, Object... arguments) {
    return "java";
  }
}
