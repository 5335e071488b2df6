// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values go in and come out as copies, and keys are the same when they are equal. */
abstract class StoreByValueContract extends CacheContract {

  /** A key of an application: final fields, no default constructor. */
  record Isbn(String country, int number) implements Serializable {}

  /** A key of an application with a constant's own body. */
  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "grass";
      }
    }
  }

  private Cache<Object, Date> dates;

  StoreByValueContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    dates = create(new MutableConfiguration<Object, Date>());
  }

  @Test
  void valuePassedIn_changedAfterwards_doesNotShow() {
    Date date = new Date(1);
    dates.put("a", date);
    dates.putIfAbsent("b", date);
    Map<Object, Date> batch = new HashMap<>();
    batch.put("c", date);
    dates.putAll(batch);
    date.setTime(2);
    assertThat(dates.get("a")).isEqualTo(new Date(1));
    assertThat(dates.get("b")).isEqualTo(new Date(1));
    assertThat(dates.get("c")).isEqualTo(new Date(1));
  }

  @Test
  void keyPassedIn_changedAfterwards_doesNotShow() {
    Date key = new Date(1);
    dates.put(key, new Date(1));
    key.setTime(2);
    assertThat(dates.containsKey(new Date(1))).isTrue();
    assertThat(dates.containsKey(new Date(2))).isFalse();
  }

  @Test
  void valueHandedOut_changedAfterwards_doesNotShow() {
    dates.put("a", new Date(1));
    dates.get("a").setTime(2);
    dates.getAll(new LinkedHashSet<>(List.of("a"))).get("a").setTime(2);
    dates.iterator().next().getValue().setTime(2);
    assertThat(dates.get("a")).isEqualTo(new Date(1));
  }

  @Test
  void loadedValue_changedAfterwards_doesNotShow() {
    Date date = new Date(1);
    RecordingLoader<Object, Date> loader = RecordingLoader.of(key -> date);
    Cache<Object, Date> loading =
        create(
            new MutableConfiguration<Object, Date>()
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory()));
    loading.get("a").setTime(2);
    assertThat(loading.get("a")).isEqualTo(new Date(1));
    date.setTime(3);
    assertThat(loading.get("a")).isEqualTo(new Date(1));
  }

  @Test
  void eventValue_changedByAListener_doesNotShow() {
    AtomicReference<Date> seen = new AtomicReference<>();
    CacheEntryCreatedListener<Object, Date> changing =
        events ->
            events.forEach(
                event -> {
                  event.getValue().setTime(2);
                  seen.set(event.getValue());
                });
    dates.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(() -> changing, null, false, true));
    Date date = new Date(1);
    dates.put("a", date);
    assertThat(seen.get()).isNotNull();
    assertThat(date).isEqualTo(new Date(1));
    assertThat(dates.get("a")).isEqualTo(new Date(1));
  }

  @Test
  void oldValue_equalWithOtherBytes_isEqual() {
    Cache<String, Map<String, String>> maps =
        create(new MutableConfiguration<String, Map<String, String>>());
    maps.put("k", new LinkedHashMap<>(entries("a", "1", "b", "2")));
    assertThat(maps.replace("k", new TreeMap<>(entries("b", "2", "a", "1")), new HashMap<>()))
        .isTrue();
    maps.put("k", new LinkedHashMap<>(entries("a", "1", "b", "2")));
    assertThat(maps.remove("k", new HashMap<>(entries("b", "2", "a", "1")))).isTrue();
  }

  @Test
  void unstorableValue_throwsAndStoresNothing() {
    Cache<String, Object> open = create(new MutableConfiguration<String, Object>());
    open.put("k", "v");
    assertThatThrownBy(() -> open.put("k", new Object[] {Thread.currentThread()}))
        .isInstanceOf(CacheException.class);
    assertThatThrownBy(() -> open.put("l", Thread.currentThread()))
        .isInstanceOf(CacheException.class);
    assertThat(open.get("k")).isEqualTo("v");
    assertThat(open.containsKey("l")).isFalse();
  }

  static Stream<List<Object>> equalKeys() {
    return Stream.of(
        List.of(new Isbn("de", 1), new Isbn(new String("de"), 1)),
        List.of(Color.GREEN, Color.valueOf("GREEN")),
        List.of(new ArrayList<>(List.of("a", 1)), new LinkedList<>(List.of("a", 1))),
        List.of(List.of("a", "b"), Arrays.asList("a", "b")),
        List.of(
            new LinkedHashSet<>(List.of("a", "b", "c")),
            new LinkedHashSet<>(List.of("c", "b", "a"))),
        List.of(Set.of("a", "b", "c"), new LinkedHashSet<>(List.of("c", "b", "a"))),
        List.of(new TreeMap<>(Map.of("a", 1, "b", 2)), new HashMap<>(Map.of("b", 2, "a", 1))),
        List.of(repeated("x"), List.of(new String("x"), new String("x"))),
        List.of(new java.math.BigInteger("12"), java.math.BigInteger.valueOf(12)),
        List.of(java.time.LocalDate.of(2020, 2, 29), java.time.LocalDate.parse("2020-02-29")));
  }

  private static List<String> repeated(String text) {
    return List.of(text, text); // one object twice: a codec with references writes it otherwise
  }

  @ParameterizedTest
  @MethodSource("equalKeys")
  void equalKeys_ofDifferentMake_areOneKey(List<Object> pair) {
    Object one = pair.get(0);
    Object other = pair.get(1);
    assertThat(one).isEqualTo(other);
    dates.put(one, new Date(1));
    assertThat(dates.get(other)).isEqualTo(new Date(1));
    assertThat(dates.getAndPut(other, new Date(2))).isEqualTo(new Date(1));
    assertThat(dates.iterator().next().getKey()).isEqualTo(one);
    assertThat(dates.remove(one)).isTrue();
    assertThat(dates).isEmpty();
  }
}
