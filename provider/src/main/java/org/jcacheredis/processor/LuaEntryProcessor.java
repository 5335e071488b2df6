// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * An entry processor that carries a Lua body along with its Java {@link #process process}. {@code
 * Cache.invoke} runs the body in the server, in one round trip and one atomic step, whatever other
 * JVMs do. Where a cache cannot (it has a writer, a loader or an expiry policy of its own making,
 * or holds the value in another form), the Java method runs instead, as that of any entry
 * processor; both must do the same.
 *
 * <p>The body is the inside of a Lua function; what it returns goes to {@link #result}. It sees
 * {@code args[1]}, {@code args[2]} and so on, from {@link #arguments}, and {@code entry} with
 *
 * <ul>
 *   <li>{@code entry.exists}
 *   <li>{@code entry.value}: the value as text, nil if absent; only if {@link #textType} says of
 *       which type. Numbers are in decimal, {@code tonumber(entry.value)}
 *   <li>{@code entry.bytes}: the stored bytes as they are, nil if absent
 *   <li>{@code entry:set(text)}: stores a value of {@link #textType}, which must not be empty. A
 *       number is written in decimal: an integer below 2<sup>53</sup> with all its digits, any
 *       other with 17 and where needed an exponent, which only the floating-point types read
 *   <li>{@code entry:put(bytes)}: stores bytes that {@link ValueBytes#encode} made
 *   <li>{@code entry:remove()}
 *   <li>{@code entry:touch(millis)}: a lifetime for this call alone, 1 or more, its fraction cut
 *       off; {@code math.huge} is eternal, as is all from 2<sup>45</sup> on
 *   <li>{@code entry:decline()}: leaves everything as it is and has the Java method run
 * </ul>
 *
 * <p>Any other argument ({@code set} of nil, a table, a boolean, an infinity or NaN; {@code touch}
 * of 0 or less or of no number) is an error that names it, as is any error of the body: {@code
 * invoke} then throws an {@code EntryProcessorException}, and nothing was changed.
 *
 * <p>Lua's numbers are exact only up to 2<sup>53</sup>. Keep the text of the body constant and pass
 * what varies as arguments: the server keeps each text that it has ever run. The body must not call
 * {@code redis.call}: the entry is read and written by {@code entry} alone, and the key that holds
 * it may hold others, too.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param <T> the type of the result
 * @see LuaProcessors
 * @see <a href="https://redis.io/commands/evalsha/">EVALSHA</a>
 */
public interface LuaEntryProcessor<K, V, T> extends EntryProcessor<K, V, T> {
  /** The body; always the same text. */
  String lua();

  /**
   * The type whose text the body works on: a number, {@code Boolean} or {@code String}. Empty if it
   * only handles stored bytes.
   */
  Optional<Class<?>> textType();

  /**
   * What the body sees as {@code args}.
   *
   * @param values encodes values as this cache stores them
   * @param arguments those of {@code invoke}
   */
  List<byte[]> arguments(ValueBytes<V> values, Object... arguments);

  /**
   * The result of {@code invoke}.
   *
   * @param reply what the body returned: {@code byte[]} for a string, {@code Long} for a number
   *     (its fraction cut off), null for nil or false
   * @param values decodes values as this cache stores them
   */
  @Nullable T result(@Nullable Object reply, ValueBytes<V> values);

  /** An argument as text: of a number its decimal form. */
  static byte[] text(Object argument) {
    return argument.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A cache's values as it stores them. */
  interface ValueBytes<V> {
    byte[] encode(V value);

    /** The value; null if the cache reads these bytes as a miss. */
    @Nullable V decode(byte[] bytes);
  }
}
