// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of keys outlive every process: they may never change. */
class KeyspaceTest {
  private static final int SAMPLES = 50_000;
  private static final String NASTY = ":%#!{}*?[]\\ aZ9é☃\u0000\n\u007f\u0085\ud800\udc00u25";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "users | jcache:users:",
        "com.acme.Order | jcache:com.acme.Order:",
        "`` | jcache::",
        "a:b | jcache:a%3Ab:",
        "100% | jcache:100%25:",
        "{tag} | jcache:%7Btag%7D:",
        "a*?[]\\ | jcache:a%2A%3F%5B%5D%5C:",
        "a#1!x | jcache:a%231%21x:",
        "`two words` | jcache:two words:",
        "`snow ☃ man` | jcache:snow ☃ man:",
        "\uD83D\uDE00 | jcache:\uD83D\uDE00:",
        "café | jcache:café:",
      })
  void entries_ofACacheName_areCalledSoForEver(String cache, String prefix) {
    assertThat(Keyspace.entries("jcache", cache)).hasToString(prefix);
  }

  @Test
  void entries_ofUnprintableNames_arePercentEncoded() {
    assertThat(Keyspace.entries("n", "a\u0000\n\r\t")).hasToString("n:a%00%0A%0D%09:");
    assertThat(Keyspace.entries("n", "\u007f\u0085\u009f\u00a0"))
        .hasToString("n:%7F%C2%85%C2%9F\u00a0:");
    assertThat(Keyspace.entries("n", "half \ud83d!")).hasToString("n:half %uD83D%21:");
    assertThat(Keyspace.entries("n", "\ude00\ud83d")).hasToString("n:%uDE00%uD83D:");
  }

  @Test
  void aside_ofAPurpose_cannotBeAnEntryOfAnyCache() {
    assertThat(Keyspace.aside("n", "users", "load")).hasToString("n:users!load:");
    assertThat(Keyspace.aside("n", "a:b", "invoke")).hasToString("n:a%3Ab!invoke:");
    assertThat(Keyspace.entries("n", "users!load")).hasToString("n:users%21load:");
  }

  @Test
  void key_ofAName_isTheWayBack() {
    Keyspace keyspace = Keyspace.entries("n", "a:b");
    for (byte[] bytes : List.of(new byte[0], new byte[] {0, -1, ':'}, "n:a%3Ab:".getBytes(UTF_8))) {
      EntryKey key = new EntryKey(bytes);
      assertThat(keyspace.key(keyspace.name(key))).isEqualTo(key);
    }
  }

  @Test
  void name_ofAKey_isPrefixAndBytes() {
    byte[] name = Keyspace.entries("n", "c").name(new EntryKey(new byte[] {0, '*', -1}));
    assertThat(name).isEqualTo(new byte[] {'n', ':', 'c', ':', 0, '*', -1});
  }

  @Test
  void entries_ofDifferentNames_neverShareAPrefix() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < SAMPLES; i++) {
      String cache = randomName(random);
      String prefix = Keyspace.entries("n", cache).toString();
      String other = names.putIfAbsent(prefix, cache);
      assertThat(other == null || other.equals(cache)).as("seed %d: %s", seed, prefix).isTrue();
      assertThat(prefix.substring(2, prefix.length() - 1))
          .as("seed %d", seed)
          .doesNotContain(":", "*", "?", "[", "]", "\\", "{", "}", "#", "!");
    }
  }

  private static String randomName(Random random) {
    StringBuilder name = new StringBuilder();
    int length = random.nextInt(5);
    for (int i = 0; i < length; i++) {
      name.append(NASTY.charAt(random.nextInt(NASTY.length())));
    }
    return name.toString();
  }

  @Test
  void pattern_ofANastyName_hasOneStarAtItsEnd() {
    String pattern = new String(Keyspace.entries("n", "a*[b]?\\c").pattern(), UTF_8);
    assertThat(pattern).isEqualTo("n:a%2A%5Bb%5D%3F%5Cc:*");
  }
}
