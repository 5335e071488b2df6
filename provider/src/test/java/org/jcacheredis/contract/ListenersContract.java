// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.EventType;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events listeners get, with what in them, in which order, and what their failures do. */
abstract class ListenersContract extends CacheContract {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private Cache<String, String> cache;

  ListenersContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache = create(strings());
  }

  private void listen(boolean synchronous, boolean oldValueRequired) {
    cache.registerCacheEntryListener(listener.configuration(synchronous, oldValueRequired));
  }

  private void listen(CacheEntryEventFilter<String, String> filter) {
    cache.registerCacheEntryListener(filtered(filter));
  }

  private MutableCacheEntryListenerConfiguration<String, String> filtered(
      CacheEntryEventFilter<String, String> filter) {
    return new MutableCacheEntryListenerConfiguration<>(
        listener.factory(), () -> filter, true, true);
  }

  @Test
  void synchronousListener_eachChange_hasRunWhenTheCallReturns() {
    listen(true, true);
    cache.put("k", "1");
    cache.put("k", "2");
    cache.getAndPut("k", "3");
    cache.replace("k", "4");
    cache.replace("k", "4", "5");
    cache.getAndReplace("k", "6");
    cache.remove("k", "6");
    cache.putIfAbsent("k", "7");
    cache.getAndRemove("k");
    assertThat(listener.events())
        .extracting(RecordedEvent::type, RecordedEvent::value, RecordedEvent::oldValue)
        .containsExactly(
            tuple(EventType.CREATED, "1", null),
            tuple(EventType.UPDATED, "2", "1"),
            tuple(EventType.UPDATED, "3", "2"),
            tuple(EventType.UPDATED, "4", "3"),
            tuple(EventType.UPDATED, "5", "4"),
            tuple(EventType.UPDATED, "6", "5"),
            tuple(EventType.REMOVED, "6", "6"),
            tuple(EventType.CREATED, "7", null),
            tuple(EventType.REMOVED, "7", "7"));
    assertThat(listener.events())
        .allSatisfy(
            event ->
                assertThat(event.oldValueAvailable()).isEqualTo(event.type() != EventType.CREATED));
  }

  @Test
  void synchronousListener_bulkChanges_getsOneEventPerEntry() {
    listen(true, true);
    cache.putAll(entries("a", "1", "b", "2"));
    cache.putAll(entries("b", "3", "c", "4"));
    cache.removeAll(keys("a", "z"));
    cache.removeAll();
    assertThat(listener.events())
        .extracting(RecordedEvent::type, RecordedEvent::key, RecordedEvent::oldValue)
        .containsExactlyInAnyOrder(
            tuple(EventType.CREATED, "a", null),
            tuple(EventType.CREATED, "b", null),
            tuple(EventType.UPDATED, "b", "2"),
            tuple(EventType.CREATED, "c", null),
            tuple(EventType.REMOVED, "a", "1"),
            tuple(EventType.REMOVED, "b", "3"),
            tuple(EventType.REMOVED, "c", "4"));
  }

  @Test
  void put_ofAnEqualValue_isAnUpdate() {
    cache.put("k", "v");
    listen(true, true);
    cache.put("k", "v");
    assertThat(listener.types()).containsExactly(EventType.UPDATED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void removedEvent_valueAndOldValue_areBothThereOrBothNull(boolean required) {
    cache.put("k", "v");
    listen(true, required);
    cache.remove("k");
    RecordedEvent<String, String> event = listener.events().get(0);
    assertThat(event.value()).isEqualTo(event.oldValue());
    assertThat(event.oldValueAvailable()).isEqualTo(event.oldValue() != null);
    if (required) {
      assertThat(event.oldValue()).isEqualTo("v");
    }
  }

  @Test
  void callsWithoutEffect_listenerGetsNothing() {
    cache.put("k", "v");
    listen(true, true);
    cache.get("k");
    cache.get("z");
    cache.getAll(keys("k", "z"));
    cache.containsKey("k");
    cache.putIfAbsent("k", "w");
    cache.replace("z", "w");
    cache.replace("k", "x", "w");
    cache.getAndReplace("z", "w");
    cache.remove("z");
    cache.remove("k", "x");
    cache.getAndRemove("z");
    cache.removeAll(keys("z"));
    cache.invoke("z", (entry, arguments) -> entry.exists());
    cache.forEach(entry -> {});
    cache.clear();
    cache.removeAll();
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void destroyAndClose_listenerGetsNothing() {
    cache.put("k", "v");
    listen(true, true);
    manager().destroyCache(cache.getName());
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void filter_refusedEvents_areNotDelivered() {
    listen(event -> event.getEventType() == EventType.CREATED && event.getKey().equals("a"));
    cache.put("a", "1");
    cache.put("b", "1");
    cache.put("a", "2");
    cache.remove("a");
    assertThat(listener.events())
        .extracting(RecordedEvent::type, RecordedEvent::key)
        .containsExactly(tuple(EventType.CREATED, "a"));
  }

  @Test
  void listenerOfOneType_otherEvents_areNotDelivered() {
    Set<String> created = ConcurrentHashMap.newKeySet();
    CacheEntryCreatedListener<String, String> creations =
        events -> events.forEach(event -> created.add(event.getValue()));
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(() -> creations, null, false, true));
    cache.put("k", "v");
    cache.put("k", "w");
    cache.remove("k");
    assertThat(created).containsExactly("v");
  }

  @Test
  void register_equalConfigurationTwice_throwsAndAttachesNothing() {
    MutableCacheEntryListenerConfiguration<String, String> configuration =
        listener.configuration(true, false);
    cache.registerCacheEntryListener(configuration);
    assertThatThrownBy(
            () ->
                cache.registerCacheEntryListener(
                    new MutableCacheEntryListenerConfiguration<>(configuration)))
        .isInstanceOf(IllegalArgumentException.class);
    cache.put("k", "v");
    assertThat(listener.events()).hasSize(1);
    assertThat(registered()).hasSize(1);
  }

  @Test
  void register_changedAfterwards_isNotAffected() {
    MutableCacheEntryListenerConfiguration<String, String> configuration =
        listener.configuration(true, true);
    cache.registerCacheEntryListener(configuration);
    configuration.setOldValueRequired(false);
    cache.put("k", "v");
    cache.put("k", "w");
    assertThat(listener.events().get(1).oldValue()).isEqualTo("v");
  }

  @Test
  void deregister_registeredOne_endsItsEvents() {
    MutableCacheEntryListenerConfiguration<String, String> configuration =
        listener.configuration(true, false);
    cache.registerCacheEntryListener(configuration);
    cache.put("k", "v");
    cache.deregisterCacheEntryListener(configuration);
    cache.deregisterCacheEntryListener(configuration);
    cache.put("k", "w");
    assertThat(listener.events()).hasSize(1);
    assertThat(registered()).isEmpty();
    cache.registerCacheEntryListener(configuration);
    cache.put("k", "x");
    assertThat(listener.events()).hasSize(2);
  }

  @Test
  void deregister_oneOfTheCacheConfiguration_endsItsEvents() {
    MutableCacheEntryListenerConfiguration<String, String> configuration =
        listener.configuration(true, false);
    Cache<String, String> configured =
        create(strings().addCacheEntryListenerConfiguration(configuration));
    configured.put("k", "v");
    configured.deregisterCacheEntryListener(configuration);
    configured.put("k", "w");
    assertThat(listener.events()).hasSize(1);
  }

  @Test
  void factories_manyEvents_areAskedOncePerRegistration() {
    AtomicInteger listenersMade = new AtomicInteger();
    AtomicInteger filtersMade = new AtomicInteger();
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            () -> {
              listenersMade.incrementAndGet();
              return listener;
            },
            () -> {
              filtersMade.incrementAndGet();
              return event -> true;
            },
            false,
            true));
    cache.put("k", "v");
    cache.put("k", "w");
    assertThat(listener.events()).hasSize(2);
    assertThat(listenersMade).hasValue(1);
    assertThat(filtersMade).hasValue(1);
  }

  private Iterable<CacheEntryListenerConfiguration<String, String>> registered() {
    @SuppressWarnings("unchecked")
    CompleteConfiguration<String, String> configuration =
        cache.getConfiguration(CompleteConfiguration.class);
    return configuration.getCacheEntryListenerConfigurations();
  }

  @Test
  void event_sourceAndUnwrap_areOfThisCache() {
    CacheEntryEventFilter<String, String> check =
        event -> {
          assertThat((Object) event.getSource()).isSameAs(cache);
          assertThatThrownBy(() -> event.unwrap(Thread.class))
              .isInstanceOf(IllegalArgumentException.class);
          assertThat((Object) event.unwrap(CacheEntryEvent.class)).isNotNull();
          return true;
        };
    listen(check);
    cache.put("k", "v");
    assertThat(listener.events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eightThreads_onFourKeys_eventsOfAKeyKeepTheOrderOfChanges(boolean synchronous)
      throws Exception {
    listen(synchronous, true);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work =
          IntStream.range(0, 8).<Future<?>>mapToObj(t -> threads.submit(() -> write(t))).toList();
      for (Future<?> part : work) {
        part.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    listener.awaitCount(8 * 60, LIMIT);
    Map<String, List<RecordedEvent<String, String>>> byKey =
        listener.events().stream().collect(Collectors.groupingBy(RecordedEvent::key));
    byKey.forEach(ListenersContract::isAChain);
    byKey.forEach(
        (key, events) ->
            assertThat(events.get(events.size() - 1).value()).isEqualTo(cache.get(key)));
  }

  private void write(int thread) {
    for (int i = 0; i < 60; i++) {
      cache.put("k" + i % 4, thread + ":" + i);
    }
  }

  private static void isAChain(String key, List<RecordedEvent<String, String>> events) {
    String value = null;
    for (RecordedEvent<String, String> event : events) {
      assertThat(event.oldValue()).as("old value at %s of %s", event, key).isEqualTo(value);
      value = event.value();
    }
  }

  @Test
  void asynchronousListener_manyChanges_getsAllInOrder() {
    listen(false, true);
    for (int i = 0; i < 200; i++) {
      cache.put("k", "v" + i);
    }
    listener.awaitCount(200, LIMIT);
    isAChain("k", listener.events());
  }
}
