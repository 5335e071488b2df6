// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The floor: the same keys and values through Jedis and its pool, with no provider in between.
 * Strings become UTF-8 and back, which is all the codec that a user of raw Jedis needs for them; no
 * statistics, no events. The atomic update is a GET and a compare-and-set script.
 */
final class JedisUnderTest implements CacheUnderTest {
  private static final int POOL_SIZE = 128;
  private static final String PREFIX = "bench:jedis:";

  private final RedisClient redis;
  private final SetParams lifetime;
  private final String script;
  private final int entries;

  JedisUnderTest(URI server, int entries, @Nullable Duration timeToLive) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(POOL_SIZE);
    pool.setMaxIdle(POOL_SIZE);
    redis =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(server))
            .clientConfig(DefaultJedisClientConfig.builder(server).build())
            .poolConfig(pool)
            .build();
    script = redis.scriptLoad(Payload.COMPARE_AND_SET);
    this.entries = entries;
    lifetime = new SetParams();
    if (timeToLive != null) {
      lifetime.px(timeToLive.toMillis());
    }
  }

  @Override
  public @Nullable String get(String key) {
    return redis.get(PREFIX + key);
  }

  @Override
  public void put(String key, String value) {
    redis.set(PREFIX + key, value, lifetime);
  }

  @Override
  public Map<String, String> getAll(Set<String> keys) {
    List<String> values = redis.mget(prefixed(keys));
    Map<String, String> found = new HashMap<>();
    int index = 0;
    for (String key : keys) {
      String value = values.get(index++);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public void putAll(Map<String, String> entries) {
    try (Pipeline pipeline = redis.pipelined()) {
      entries.forEach((key, value) -> pipeline.set(PREFIX + key, value, lifetime));
      pipeline.sync();
    }
  }

  @Override
  public String increment(String key) {
    String redisKey = PREFIX + key;
    while (true) {
      String old = redis.get(redisKey);
      String next = Payload.next(old);
      Object stored = redis.evalsha(script, List.of(redisKey), List.of(old, next));
      if (Long.valueOf(1).equals(stored)) {
        return next;
      }
    }
  }

  @Override
  public void close() {
    Payload.chunks(entries, 0, keys -> redis.unlink(prefixed(keys)));
    redis.close();
  }

  private static String[] prefixed(Collection<String> keys) {
    return keys.stream().map(PREFIX::concat).toArray(String[]::new);
  }
}
