// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each method returns and leaves behind, without collaborators. */
abstract class BasicOperationsContract extends CacheContract {

  private Cache<String, String> cache;

  BasicOperationsContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache = create(strings());
  }

  @Test
  void get_absentKey_returnsNull() {
    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void put_absentKey_storesTheValue() {
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.containsKey("k")).isTrue();
  }

  @Test
  void put_presentKey_replacesTheValue() {
    cache.put("k", "v");
    cache.put("k", "w");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void put_emptyValue_isAValue() {
    cache.put("k", "");
    assertThat(cache.get("k")).isEmpty();
    assertThat(cache.containsKey("k")).isTrue();
  }

  @Test
  void getAll_someKeysAbsent_returnsThosePresent() {
    cache.put("a", "1");
    cache.put("b", "2");
    assertThat(cache.getAll(keys("a", "b", "c"))).isEqualTo(entries("a", "1", "b", "2"));
  }

  @Test
  void bulkMethods_emptyArguments_doNothing() {
    cache.put("k", "v");
    cache.putAll(entries());
    cache.removeAll(keys());
    assertThat(cache.getAll(keys())).isEmpty();
    assertThat(cache.invokeAll(keys(), (entry, arguments) -> 1)).isEmpty();
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void getAndPut_eitherState_returnsThePreviousValue() {
    assertThat(cache.getAndPut("k", "v")).isNull();
    assertThat(cache.getAndPut("k", "w")).isEqualTo("v");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void putIfAbsent_eitherState_storesOnlyTheFirst() {
    assertThat(cache.putIfAbsent("k", "v")).isTrue();
    assertThat(cache.putIfAbsent("k", "w")).isFalse();
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void putAll_mixedStates_storesAll() {
    cache.put("a", "0");
    cache.putAll(entries("a", "1", "b", "2"));
    assertThat(cache.get("a")).isEqualTo("1");
    assertThat(cache.get("b")).isEqualTo("2");
  }

  @Test
  void putAll_thousandsOfEntries_storesAll() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      many.put("k" + i, "v" + i);
    }
    cache.putAll(many);
    assertThat(cache.getAll(many.keySet())).isEqualTo(many);
    cache.removeAll(many.keySet());
    assertThat(cache.getAll(many.keySet())).isEmpty();
  }

  @Test
  void remove_eitherState_tellsWhetherItWasPresent() {
    cache.put("k", "v");
    assertThat(cache.remove("k")).isTrue();
    assertThat(cache.remove("k")).isFalse();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void removeWithValue_eachState_removesOnlyTheEqual() {
    assertThat(cache.remove("k", "v")).isFalse();
    cache.put("k", "v");
    assertThat(cache.remove("k", "w")).isFalse();
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.remove("k", "v")).isTrue();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void getAndRemove_eitherState_returnsThePreviousValue() {
    assertThat(cache.getAndRemove("k")).isNull();
    cache.put("k", "v");
    assertThat(cache.getAndRemove("k")).isEqualTo("v");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void replace_eitherState_replacesOnlyThePresent() {
    assertThat(cache.replace("k", "v")).isFalse();
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.replace("k", "w")).isTrue();
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void replaceWithValue_eachState_replacesOnlyTheEqual() {
    assertThat(cache.replace("k", "v", "w")).isFalse();
    cache.put("k", "v");
    assertThat(cache.replace("k", "x", "w")).isFalse();
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.replace("k", "v", "w")).isTrue();
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void getAndReplace_eitherState_returnsThePreviousValue() {
    assertThat(cache.getAndReplace("k", "v")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.getAndReplace("k", "w")).isEqualTo("v");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void removeAllOfKeys_someAbsent_removesThosePresent() {
    cache.putAll(entries("a", "1", "b", "2", "c", "3"));
    cache.removeAll(keys("a", "b", "z"));
    assertThat(cache.getAll(keys("a", "b", "c", "z"))).isEqualTo(entries("c", "3"));
  }

  @Test
  void removeAll_filledCache_emptiesIt() {
    cache.putAll(entries("a", "1", "b", "2"));
    cache.removeAll();
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void clear_filledCache_emptiesIt() {
    cache.putAll(entries("a", "1", "b", "2"));
    cache.clear();
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void keysOfDistinctTypes_thatPrintAlike_areDistinct() {
    Cache<Object, Object> open = create(new MutableConfiguration<>());
    List<Object> keys = List.of(1, 1L, (short) 1, (byte) 1, '1', "1", 1.0, 1.0f, "true", true);
    keys.forEach(key -> open.put(key, key.getClass().getName()));
    assertThat(keys)
        .allSatisfy(key -> assertThat(open.get(key)).isEqualTo(key.getClass().getName()));
    assertThat(open.getAll(new HashSet<>(keys))).hasSize(keys.size());
  }

  @Test
  void bulkMethods_unmodifiableJdkCollections_areAccepted() {
    cache.putAll(Map.of("a", "1", "b", "2"));
    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2"));
    cache.removeAll(Set.of("a"));
    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("b", "2"));
  }
}
