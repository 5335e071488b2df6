// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other raw client: one connection that all threads share, as its authors advise, and its
 * synchronous calls. Strings become UTF-8 and back, as Jedis does it.
 */
final class LettuceUnderTest implements CacheUnderTest {
  private static final String PREFIX = "bench:lettuce:";

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final RedisCommands<byte[], byte[]> redis;
  private final SetArgs lifetime = new SetArgs();
  private final String script;
  private final int entries;
  private final @Nullable Duration timeToLive;

  LettuceUnderTest(URI server, int entries, @Nullable Duration timeToLive) {
    client = RedisClient.create(RedisURI.create(server));
    connection = client.connect(ByteArrayCodec.INSTANCE);
    redis = connection.sync();
    script = redis.scriptLoad(Payload.COMPARE_AND_SET);
    this.entries = entries;
    this.timeToLive = timeToLive;
    if (timeToLive != null) {
      lifetime.px(timeToLive);
    }
  }

  @Override
  public @Nullable String get(String key) {
    byte[] value = redis.get(bytes(PREFIX + key));
    return value == null ? null : text(value);
  }

  @Override
  public void put(String key, String value) {
    redis.set(bytes(PREFIX + key), bytes(value), lifetime);
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    Map<String, String> found = new HashMap<>();
    redis
        .mget(prefixed(keys))
        .forEach(
            entry ->
                entry.ifHasValue(
                    value ->
                        found.put(text(entry.getKey()).substring(PREFIX.length()), text(value))));
    return found;
  }

  @Override
  public void putAll(Map<String, String> entries) {
    if (timeToLive == null) {
      Map<byte[], byte[]> pairs = new IdentityHashMap<>();
      entries.forEach((key, value) -> pairs.put(bytes(PREFIX + key), bytes(value)));
      redis.mset(pairs);
    } else {
      setEach(entries);
    }
  }

  private void setEach(Map<String, String> entries) {
    List<RedisFuture<String>> replies = new ArrayList<>();
    entries.forEach(
        (key, value) ->
            replies.add(connection.async().set(bytes(PREFIX + key), bytes(value), lifetime)));
    LettuceFutures.awaitAll(connection.getTimeout(), replies.toArray(RedisFuture[]::new));
  }

  @Override
  public String increment(String key) {
    byte[][] redisKey = {bytes(PREFIX + key)};
    while (true) {
      byte[] old = redis.get(redisKey[0]);
      String next = Payload.next(text(old));
      Boolean stored = redis.evalsha(script, ScriptOutputType.BOOLEAN, redisKey, old, bytes(next));
      if (stored) {
        return next;
      }
    }
  }

  @Override
  public void close() {
    Payload.chunks(entries, 0, keys -> redis.unlink(prefixed(keys)));
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }

  private static byte[][] prefixed(Collection<String> keys) {
    return keys.stream().map(key -> bytes(PREFIX + key)).toArray(byte[][]::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
