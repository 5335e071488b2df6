// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text serves as a key or as the name of a cache, and no two of them are confused. */
abstract class NamesContract extends CacheContract {

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "two words",
          "{brace}",
          "{",
          "}",
          "{}",
          "{a}{b}",
          "a:b",
          ":",
          "::",
          "#",
          "a#1",
          "!",
          "100%",
          "%3A",
          "*",
          "a*",
          "?",
          "[a-z]",
          "back\\slash",
          "quote\"",
          "comma,equals=",
          "line\nbreak\r",
          "nul\0nul",
          "\0",
          "\u00fcml\u00e4ut",
          "\u043a\u043b\u044e\u0447",
          "\u9375",
          "\ud83d\udd11",
          "e\u0301",
          "\u00e9",
          "org.acme.Orders.find(java.lang.String,int[])",
          "x".repeat(2_000));

  private record Names(String one, String other) {}

  NamesContract(Backend backend) {
    super(backend);
  }

  static Stream<String> oddTexts() {
    return ODD.stream();
  }

  private static Stream<Names> confusableNames() {
    return Stream.of(
        new Names("a", "a:b"),
        new Names("a", "A"),
        new Names("a", "{a}"),
        new Names("a:b", "a%3Ab"),
        new Names("a:b", "a%3ab"),
        new Names("a*", "ab"),
        new Names("a?", "ab"),
        new Names("[ab]", "a"),
        new Names("", "a"),
        new Names("", " "),
        new Names("", ":"),
        new Names("a", "a "),
        new Names("a\0", "a"),
        new Names("\\*", "*"),
        new Names("e\u0301", "\u00e9"));
  }

  @Test
  void keys_ofAnyText_areKeptApart() {
    Cache<String, String> cache = create(strings());
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < ODD.size(); i++) {
      all.put(ODD.get(i), "v" + i);
    }
    all.forEach(cache::put);

    assertThat(cache.getAll(all.keySet())).isEqualTo(all);
    assertThat(cache).extracting(Cache.Entry::getKey).containsExactlyInAnyOrderElementsOf(ODD);
    for (String key : ODD) {
      assertThat(cache.get(key)).isEqualTo(all.get(key));
      assertThat(cache.remove(key)).isTrue();
    }
    assertThat(cache).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("oddTexts")
  void cacheName_ofAnyText_works(String name) {
    CacheManager manager = manager();
    Cache<String, String> cache = manager.createCache(name, strings());
    cache.put("k", "v");
    cache.putAll(entries("l", "w", "a:b", "x"));
    assertThat(cache.getName()).isEqualTo(name);
    assertThat(manager.getCacheNames()).containsExactly(name);
    assertThat(manager.getCache(name, String.class, String.class)).isSameAs(cache);
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache).hasSize(3);
    cache.clear();
    assertThat(cache).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("confusableNames")
  void caches_ofConfusableNames_shareNothing(Object pair) {
    Names names = (Names) pair;
    Cache<String, String> one = manager().createCache(names.one(), strings());
    Cache<String, String> other = manager().createCache(names.other(), strings());
    for (String key : List.of("", "k", "b", "b:k", ":", "a:b:k")) {
      one.put(key, "one");
      assertThat(other.get(key)).as("key '%s' of the other cache", key).isNull();
    }
    other.put("mine", "other");
    assertThat(one).hasSize(6);
    assertThat(other).hasSize(1);
    one.clear();
    assertThat(one).isEmpty();
    assertThat(other.get("mine")).isEqualTo("other");
    one.put("k", "one");
    manager().destroyCache(names.other());
    assertThat(one.get("k")).isEqualTo("one");
  }
}
