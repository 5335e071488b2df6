// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashNamesTest {
  /** Numbers of another implementation: Python's {@code zlib.crc32(key) & (partitions - 1)}. */
  @ParameterizedTest
  @CsvSource({
    "'', 64, 0",
    "42, 64, 8",
    "42, 4096, 136",
    "user:1, 64, 2",
    "user:2, 64, 56",
    "schlüssel, 64, 54",
    "schlüssel, 1, 0",
  })
  void partition_ofGoldenKeys_neverMoves(String key, int partitions, int expected) {
    HashNames names = HashNames.of("jcache", "users", partitions);
    assertThat(names.partition(key(key))).isEqualTo(expected);
    assertThat(names.name(key(key))).asString(UTF_8).isEqualTo("jcache:users#" + expected);
  }

  @Test
  void names_ofANastyCache_areOfItAlone() {
    HashNames names = HashNames.of("app", "a:b#{1}", 2);
    assertThat(names.name(1)).asString(UTF_8).isEqualTo("app:a%3Ab%23%7B1%7D#1");
    assertThat(names.shadow(key("1")))
        .asString(UTF_8)
        .isEqualTo("app:a%3Ab%23%7B1%7D!shadow{app:a%3Ab%23%7B1%7D#1}:1");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64, 1024})
  void partition_ofManyKeys_isEven(int partitions) {
    HashNames names = HashNames.of("jcache", "users", partitions);
    int keys = 100 * partitions;
    int[] counts = new int[partitions];
    IntStream.range(0, keys).forEach(i -> counts[names.partition(key("user:" + i))]++);
    assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThan(50);
    assertThat(IntStream.of(counts).max().orElseThrow()).isLessThan(150);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 63, -1})
  void of_noPowerOfTwo_isRefused(int partitions) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashNames.of("jcache", "users", partitions));
  }

  private static EntryKey key(String text) {
    return new EntryKey(text.getBytes(UTF_8));
  }
}
