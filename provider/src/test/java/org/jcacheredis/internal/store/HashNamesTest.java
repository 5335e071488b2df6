// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.testkit.RedisCluster;
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

  /** CRC-16 is not random: some names come to the same slot, and no master is without its share. */
  @ParameterizedTest
  @ValueSource(ints = {64, 256, 1024})
  void slot_ofEachPartition_spreadsACacheOverAllMasters(int partitions) {
    for (int cache = 0; cache < 100; cache++) {
      HashNames names = HashNames.of("jcache", "com.acme.Entity" + cache, partitions);
      int[] slots =
          IntStream.range(0, partitions).map(p -> RedisCluster.slot(names.name(p))).toArray();
      assertThat(IntStream.of(slots).distinct().count()).isGreaterThan(partitions * 3L / 4);
      int[] ofThree = new int[3];
      IntStream.of(slots).forEach(slot -> ofThree[slot * 3 / 16_384]++);
      assertThat(IntStream.of(ofThree).max().orElseThrow()).isLessThan(partitions * 4 / 9);
    }
  }

  @Test
  void slot_ofAShadow_isThatOfItsEntry() {
    HashNames names = HashNames.of("jcache", "users{x}", 64);
    for (int i = 0; i < 100; i++) {
      EntryKey key = key("user:" + i + "{}");
      assertThat(RedisCluster.slot(names.shadow(key)))
          .isEqualTo(RedisCluster.slot(names.name(key)));
    }
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
