// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.MutableEntry;
import org.jcacheredis.RedisCache;
import org.jcacheredis.processor.LuaProcessors;

/** Each operation of a cache that needs the server, by its name. */
final class Operations {
  static final Map<String, Consumer<RedisCache<String, Long>>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("get", cache -> cache.get("k"));
    ALL.put("getAll", cache -> cache.getAll(Set.of("k", "l")));
    ALL.put("containsKey", cache -> cache.containsKey("k"));
    ALL.put("loadAll", Operations::loadAll);
    ALL.put("put", cache -> cache.put("k", 1L));
    ALL.put("put with ttl", cache -> cache.put("k", 1L, Duration.ofHours(1)));
    ALL.put("getAndPut", cache -> cache.getAndPut("k", 1L));
    ALL.put("putAll", cache -> cache.putAll(Map.of("k", 1L, "l", 2L)));
    ALL.put("putIfAbsent", cache -> cache.putIfAbsent("k", 1L));
    ALL.put("remove", cache -> cache.remove("k"));
    ALL.put("remove if equal", cache -> cache.remove("k", 1L));
    ALL.put("getAndRemove", cache -> cache.getAndRemove("k"));
    ALL.put("replace", cache -> cache.replace("k", 1L));
    ALL.put("replace if equal", cache -> cache.replace("k", 1L, 2L));
    ALL.put("getAndReplace", cache -> cache.getAndReplace("k", 1L));
    ALL.put("removeAll of keys", cache -> cache.removeAll(Set.of("k", "l")));
    ALL.put("removeAll", RedisCache::removeAll);
    ALL.put("clear", RedisCache::clear);
    ALL.put("iterator", cache -> cache.iterator().forEachRemaining(entry -> {}));
    ALL.put("invoke", cache -> cache.invoke("k", Operations::setOne));
    ALL.put("invoke in Lua", cache -> cache.invoke("k", LuaProcessors.increment(1)));
    ALL.put(
        "invokeAll",
        cache -> cache.invokeAll(Set.of("k"), Operations::setOne).values().forEach(r -> r.get()));
    ALL.put("remainingTtl", cache -> cache.remainingTtl("k"));
    ALL.put("size", RedisCache::size);
  }

  private Operations() {}

  private static Long setOne(MutableEntry<String, Long> entry, Object... arguments) {
    entry.setValue(1L);
    return 1L;
  }

  /** Fails as its listener is told. */
  private static void loadAll(RedisCache<String, Long> cache) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), false, done);
    try {
      done.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
