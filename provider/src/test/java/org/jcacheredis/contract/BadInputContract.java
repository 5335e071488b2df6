// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nulls, wrong types and closed objects are refused before anything happens. */
abstract class BadInputContract extends CacheContract {

  BadInputContract(Backend backend) {
    super(backend);
  }

  static Stream<CacheCalls.Call> callsWithNull() {
    return CacheCalls.withNull();
  }

  static Stream<CacheCalls.Call> operationalCalls() {
    return CacheCalls.operational();
  }

  @ParameterizedTest
  @MethodSource("callsWithNull")
  void anyMethod_nullArgument_throwsAndDoesNothing(CacheCalls.Call call) {
    var loader = RecordingLoader.<String, String>of(key -> "loaded");
    var writer = new RecordingWriter<String, String>();
    var listener = new RecordingListener<String, String>();
    Cache<String, String> cache =
        create(
            countedStrings()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setCacheWriterFactory(writer.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, false)));
    cache.put("k", "v");
    writer.clearCalls();
    listener.clear();
    Counters before = Counters.of(cache);

    assertThatThrownBy(() -> call.body().accept(cache)).isInstanceOf(NullPointerException.class);

    assertThat(loader.loads()).isEmpty();
    assertThat(loader.bulkLoads()).isEmpty();
    assertThat(writer.calls()).isEmpty();
    assertThat(listener.events()).isEmpty();
    assertThat(Counters.of(cache).since(before)).isEqualTo(Counters.NONE);
    assertThat(cache).extracting(Cache.Entry::getKey).containsExactly("k");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @ParameterizedTest
  @MethodSource("operationalCalls")
  void anyMethod_closedCache_throwsIllegalState(CacheCalls.Call call) {
    Cache<String, String> cache = create(strings());
    cache.close();
    assertThatThrownBy(() -> call.body().accept(cache)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("operationalCalls")
  void anyMethod_destroyedCache_throwsIllegalState(CacheCalls.Call call) {
    Cache<String, String> cache = create(strings());
    manager().destroyCache(cache.getName());
    assertThatThrownBy(() -> call.body().accept(cache)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anyMethod_closedManager_throwsIllegalState() {
    Cache<String, String> cache = create(strings());
    manager().close();
    refusesAll(cache);
  }

  @Test
  void anyMethod_closedProvider_throwsIllegalState() {
    Cache<String, String> cache = create(strings());
    manager().getCachingProvider().close();
    refusesAll(cache);
  }

  private static void refusesAll(Cache<String, String> cache) {
    assertThat(CacheCalls.operational())
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.body().accept(cache))
                    .as(call.name())
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void nonOperationalMethods_closedCache_stillAnswer() {
    Cache<String, String> cache = create(strings());
    cache.close();
    cache.close();
    assertThat(cache.isClosed()).isTrue();
    assertThat(cache.getName()).startsWith("cache-");
    assertThat(cache.getCacheManager()).isSameAs(manager());
    assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
  }

  @Test
  void managerMethods_closedManager_throwIllegalState() {
    CacheManager manager = manager();
    manager.close();
    List<Consumer<CacheManager>> calls =
        List.of(
            CacheManager::getCacheNames,
            m -> m.createCache("c", strings()),
            m -> m.createCache(null, null),
            m -> m.getCache("c"),
            m -> m.getCache("c", String.class, String.class),
            m -> m.getCache(null),
            m -> m.destroyCache("c"),
            m -> m.destroyCache(null),
            m -> m.enableManagement("c", true),
            m -> m.enableManagement(null, true),
            m -> m.enableStatistics("c", true),
            m -> m.enableStatistics(null, true));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.accept(manager))
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void managerMethods_nullArgument_throwNullPointer() {
    CacheManager manager = manager();
    List<Consumer<CacheManager>> calls =
        List.of(
            m -> m.createCache(null, strings()),
            m -> m.createCache("c", null),
            m -> m.getCache(null),
            m -> m.getCache(null, String.class, String.class),
            m -> m.getCache("c", null, String.class),
            m -> m.getCache("c", String.class, null),
            m -> m.destroyCache(null),
            m -> m.enableManagement(null, true),
            m -> m.enableStatistics(null, false));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.accept(manager))
                    .isInstanceOf(NullPointerException.class));
    assertThat(manager.getCacheNames()).isEmpty();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void mutators_valueOfAnotherType_throwClassCastAndStoreNothing() {
    Cache cache = create(strings());
    cache.put("k", "v");
    List<Consumer<Cache>> calls =
        List.of(
            c -> c.put("k", 1),
            c -> c.put("absent", 1),
            c -> c.getAndPut("k", 1),
            c -> c.putIfAbsent("absent", 1),
            c -> c.putAll(Map.of("k", 1)),
            c -> c.replace("k", 1),
            c -> c.replace("k", "v", 1),
            c -> c.getAndReplace("k", 1));
    refusesTypes(cache, calls);
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void methods_keyOfAnotherType_throwClassCastAndStoreNothing() {
    Cache cache = create(strings());
    cache.put("k", "v");
    List<Consumer<Cache>> calls =
        List.of(
            c -> c.put(1, "w"),
            c -> c.getAndPut(1, "w"),
            c -> c.putIfAbsent(1, "w"),
            c -> c.putAll(Map.of(1, "w")),
            c -> c.replace(1, "w"),
            c -> c.getAndReplace(1, "w"),
            c -> c.get(1),
            c -> c.getAll(Set.of(1)),
            c -> c.containsKey(1),
            c -> c.remove(1),
            c -> c.getAndRemove(1),
            c -> c.invoke(1, (entry, arguments) -> null));
    refusesTypes(cache, calls);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void refusesTypes(Cache cache, List<Consumer<Cache>> calls) {
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.accept(cache))
                    .isInstanceOf(ClassCastException.class));
    assertThat((Iterable<Cache.Entry<String, String>>) cache)
        .extracting(Cache.Entry::getKey, Cache.Entry::getValue)
        .containsExactly(org.assertj.core.api.Assertions.tuple("k", "v"));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void setValue_valueOfAnotherType_failsTheInvocation() {
    Cache cache = create(strings());
    assertThatThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      ((javax.cache.processor.MutableEntry) entry).setValue(1);
                      return null;
                    }))
        .hasRootCauseInstanceOf(ClassCastException.class);
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void createCache_storeByReference_throwsUnsupportedOperation() {
    MutableConfiguration<String, String> byReference = strings().setStoreByValue(false);
    assertThatThrownBy(() -> manager().createCache("c", byReference))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(manager().getCacheNames()).isEmpty();
  }
}
