// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.processor.EntryProcessor;

/** Every method of a cache, as calls that tests can run one by one. */
final class CacheCalls {

  /** A call and what reports name it. */
  record Call(String name, Consumer<Cache<String, String>> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final EntryProcessor<String, String, Object> NO_OP = (entry, arguments) -> null;

  private CacheCalls() {}

  /** Each method with null in each position that forbids it. */
  static Stream<Call> withNull() {
    return Stream.of(withNullKey(), withNullValue(), withNullCollection(), withNullObject())
        .flatMap(List::stream);
  }

  /** Each method that a closed cache refuses, with good arguments. */
  static Stream<Call> operational() {
    return Stream.of(reads(), changes(), withProcessorsAndListeners()).flatMap(List::stream);
  }

  private static List<Call> withNullKey() {
    return List.of(
        call("get(null)", c -> c.get(null)),
        call("containsKey(null)", c -> c.containsKey(null)),
        call("put(null,v)", c -> c.put(null, "v")),
        call("getAndPut(null,v)", c -> c.getAndPut(null, "v")),
        call("putIfAbsent(null,v)", c -> c.putIfAbsent(null, "v")),
        call("remove(null)", c -> c.remove(null)),
        call("remove(null,v)", c -> c.remove(null, "v")),
        call("getAndRemove(null)", c -> c.getAndRemove(null)),
        call("replace(null,v)", c -> c.replace(null, "v")),
        call("replace(null,v,w)", c -> c.replace(null, "v", "w")),
        call("getAndReplace(null,v)", c -> c.getAndReplace(null, "v")),
        call("invoke(null,p)", c -> c.invoke(null, NO_OP)));
  }

  private static List<Call> withNullValue() {
    return List.of(
        call("put(k,null)", c -> c.put("k", null)),
        call("put(absent,null)", c -> c.put("absent", null)),
        call("getAndPut(k,null)", c -> c.getAndPut("k", null)),
        call("putIfAbsent(k,null)", c -> c.putIfAbsent("k", null)),
        call("putIfAbsent(absent,null)", c -> c.putIfAbsent("absent", null)),
        call("remove(k,null)", c -> c.remove("k", null)),
        call("replace(k,null)", c -> c.replace("k", null)),
        call("replace(absent,null)", c -> c.replace("absent", null)),
        call("replace(k,null,w)", c -> c.replace("k", null, "w")),
        call("replace(k,v,null)", c -> c.replace("k", "v", null)),
        call("getAndReplace(k,null)", c -> c.getAndReplace("k", null)));
  }

  private static List<Call> withNullCollection() {
    return List.of(
        call("getAll(null)", c -> c.getAll(null)),
        call("getAll({null})", c -> c.getAll(setWithNull())),
        call("putAll(null)", c -> c.putAll(null)),
        call("putAll({null:v})", c -> c.putAll(mapWith(null, "v"))),
        call("putAll({k:null})", c -> c.putAll(mapWith("k", null))),
        call("removeAll(null)", c -> c.removeAll(null)),
        call("removeAll({null})", c -> c.removeAll(setWithNull())),
        call("loadAll(null)", c -> c.loadAll(null, true, null)),
        call("loadAll({null})", c -> c.loadAll(setWithNull(), true, null)),
        call("invokeAll(null,p)", c -> c.invokeAll(null, NO_OP)),
        call("invokeAll({null},p)", c -> c.invokeAll(setWithNull(), NO_OP)));
  }

  private static List<Call> withNullObject() {
    return List.of(
        call("invoke(k,null)", c -> c.invoke("k", null)),
        call("invokeAll({k},null)", c -> c.invokeAll(Set.of("k"), null)),
        call("getConfiguration(null)", c -> c.getConfiguration(null)),
        call("registerListener(null)", c -> c.registerCacheEntryListener(null)),
        call("deregisterListener(null)", c -> c.deregisterCacheEntryListener(null)),
        call("unwrap(null)", c -> c.unwrap(null)));
  }

  private static List<Call> reads() {
    return List.of(
        call("get", c -> c.get("k")),
        call("get(null)", c -> c.get(null)),
        call("getAll", c -> c.getAll(Set.of("k"))),
        call("getAll(null)", c -> c.getAll(null)),
        call("containsKey", c -> c.containsKey("k")),
        call("iterator", c -> c.forEach(entry -> {})),
        call("loadAll", c -> c.loadAll(Set.of("k"), true, null)),
        call("loadAll(null)", c -> c.loadAll(null, true, null)));
  }

  private static List<Call> changes() {
    return List.of(
        call("put", c -> c.put("k", "w")),
        call("put(null,null)", c -> c.put(null, null)),
        call("getAndPut", c -> c.getAndPut("k", "w")),
        call("putIfAbsent", c -> c.putIfAbsent("k", "w")),
        call("putAll", c -> c.putAll(Map.of("k", "w"))),
        call("putAll(null)", c -> c.putAll(null)),
        call("remove", c -> c.remove("k")),
        call("remove(k,v)", c -> c.remove("k", "v")),
        call("getAndRemove", c -> c.getAndRemove("k")),
        call("replace", c -> c.replace("k", "w")),
        call("replace(k,v,w)", c -> c.replace("k", "v", "w")),
        call("getAndReplace", c -> c.getAndReplace("k", "w")),
        call("removeAll(keys)", c -> c.removeAll(Set.of("k"))),
        call("removeAll(null)", c -> c.removeAll(null)),
        call("removeAll", Cache::removeAll),
        call("clear", Cache::clear));
  }

  private static List<Call> withProcessorsAndListeners() {
    CacheEntryCreatedListener<String, String> listener = events -> {};
    var registration =
        new MutableCacheEntryListenerConfiguration<String, String>(
            () -> listener, null, false, true);
    return List.of(
        call("invoke", c -> c.invoke("k", NO_OP)),
        call("invoke(null,null)", c -> c.invoke(null, null)),
        call("invokeAll", c -> c.invokeAll(Set.of("k"), NO_OP)),
        call("invokeAll(null,null)", c -> c.invokeAll(null, null)),
        call("registerListener", c -> c.registerCacheEntryListener(registration)),
        call("deregisterListener", c -> c.deregisterCacheEntryListener(registration)));
  }

  private static Call call(String name, Consumer<Cache<String, String>> body) {
    return new Call(name, body);
  }

  private static Set<String> setWithNull() {
    return new HashSet<>(Arrays.asList("k", null, "z"));
  }

  private static Map<String, String> mapWith(String key, String value) {
    Map<String, String> map = new HashMap<>(Collections.singletonMap("a", "1"));
    map.put(key, value);
    return map;
  }
}
