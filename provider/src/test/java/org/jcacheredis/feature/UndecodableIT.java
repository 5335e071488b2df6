// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others, or a disk, may have put at an entry's key. */
@EveryLayout
class UndecodableIT {
  private static final byte[] FOREIGN = {(byte) 0xFE, 1, 2};

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @ParameterizedTest
  @CsvSource({
    "kryo, ''", "kryo, 00", "kryo, fe0102", "kryo, 40", "kryo, 41aced", "kryo, 5000000010ff",
    "kryo, 60ffffffffff", "kryo, 45", "kryo, 4f", "java, 41aced", "java, 41", "json, 427b",
    "json, 426e756c6c"
  })
  void get_ofForeignBytes_namesCacheKeyAndCause(String codec, String hex) {
    RedisCache<String, Thing> cache = things(codec, "fail");
    plant(HexFormat.of().parseHex(hex));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.get("k"))
        .withMessageStartingWith("cache 'c': value of key 'k' cannot be read: ");
    assertThat(things(codec, "miss").get("k")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json"})
  void get_ofAValueCutOffAnywhere_namesCacheAndKey(String codec) {
    RedisCache<String, Thing> cache = things(codec, "fail");
    cache.put("k", Thing.of("cut"));
    byte[] whole = entry().bytes();

    for (int length = 0; length < whole.length; length++) {
      plant(Arrays.copyOf(whole, length));
      assertThatExceptionOfType(CacheException.class)
          .as("the first %d bytes", length)
          .isThrownBy(() -> cache.get("k"))
          .withMessageStartingWith("cache 'c': value of key 'k' cannot be read: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json"})
  void get_ofRandomBytes_givesAThingOrACacheException(String codec) {
    RedisCache<String, Thing> cache = things(codec, "fail");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[0] = (byte) (0x40 | random.nextInt(0x40)); // a format of this version
      }
      plant(bytes);
      try {
        assertThat(cache.get("k")).isInstanceOf(Thing.class);
      } catch (CacheException e) {
        assertThat(e)
            .as("seed %d, bytes %s", seed, HexFormat.of().formatHex(bytes))
            .hasMessageStartingWith("cache 'c': value of key 'k' cannot be read: ");
      }
    }
  }

  @Test
  void get_ofBytesThatAreAMiss_countsAMiss() {
    RedisCache<String, Thing> cache = things("kryo", "miss");
    cache.put("fine", Thing.of("fine"));
    plant(FOREIGN);

    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(Set.of("k", "fine"))).isEqualTo(Map.of("fine", Thing.of("fine")));

    CacheStatisticsMXBean counted = cache.unwrap(CacheStatisticsMXBean.class);
    assertThat(counted.getCacheMisses()).isEqualTo(2);
    assertThat(counted.getCacheHits()).isEqualTo(1);
  }

  static Stream<Arguments> changes() {
    Thing thing = Thing.of("new");
    return Stream.of(
        change("put", cache -> cache.put("k", thing)),
        change("putAll", cache -> cache.putAll(Map.of("k", thing))),
        change("getAndPut", cache -> assertThat(cache.getAndPut("k", thing)).isNull()),
        change("getAndReplace", cache -> assertThat(cache.getAndReplace("k", thing)).isNull()),
        change(
            "invoke",
            cache ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      assertThat(entry.exists()).isFalse();
                      entry.setValue(thing);
                      return null;
                    })));
  }

  private static Arguments change(String name, Consumer<RedisCache<String, Thing>> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void change_overBytesThatAreAMiss_replacesThem(
      String name, Consumer<RedisCache<String, Thing>> change) {
    RedisCache<String, Thing> cache = things("kryo", "miss");
    plant(FOREIGN);

    change.accept(cache);

    assertThat(cache.get("k")).isEqualTo(Thing.of("new"));
  }

  @Test
  void getAndRemove_ofBytesThatAreAMiss_givesNullAndRemovesThem() {
    RedisCache<String, Thing> cache = things("kryo", "miss");
    plant(FOREIGN);

    assertThat(cache.getAndRemove("k")).isNull();

    assertThat(entry().exists()).isFalse();
  }

  @Test
  void iterator_amongBytesThatAreAMiss_leavesThemOut() {
    RedisCache<String, Thing> cache = things("kryo", "miss");
    cache.put("fine", Thing.of("fine"));
    plant(FOREIGN);

    assertThat(cache).extracting(entry -> entry.getKey()).containsExactly("fine");
  }

  /** All on one page, and each on its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void iterator_amongForeignKeysThatAreAMiss_leavesThemOutAndCountsThem(int scanSize) {
    RedisCache<UUID, String> cache = ofIds("miss", scanSize);
    Set<UUID> ids = putSome(cache);
    plantForeignKeys();

    assertThat(cache).extracting(entry -> entry.getKey()).containsExactlyInAnyOrderElementsOf(ids);

    assertThat(cache.undecodableReads()).isEqualTo(2);
  }

  @Test
  void iterator_amongNothingButForeignKeysThatAreAMiss_hasNoNext() {
    RedisCache<UUID, String> cache = ofIds("miss", 1000);
    plantForeignKeys();

    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void iterator_amongForeignKeys_failsForEachAndGoesOn(int scanSize) {
    RedisCache<UUID, String> cache = ofIds("fail", scanSize);
    Set<UUID> ids = putSome(cache);
    plantForeignKeys();

    Set<UUID> found = new HashSet<>();
    List<String> failures = new ArrayList<>();
    for (Iterator<Cache.Entry<UUID, String>> all = cache.iterator(); all.hasNext(); ) {
      try {
        found.add(all.next().getKey());
      } catch (CacheException e) {
        failures.add(e.getMessage());
        assertThatIllegalStateException().isThrownBy(all::remove);
      }
    }

    assertThat(found).isEqualTo(ids);
    assertThat(failures)
        .hasSize(2)
        .anyMatch(text -> text.startsWith("cache 'c': key 'foreign' cannot be read: "))
        .anyMatch(text -> text.startsWith("cache 'c': key 'other' cannot be read: "));
    assertThat(cache.undecodableReads()).isZero();
  }

  @Test
  void iterator_amongForeignBytes_failsForThatEntryAndGoesOn() {
    RedisCache<String, Thing> cache = things("kryo", "fail");
    cache.put("fine", Thing.of("fine"));
    plant(FOREIGN);

    List<String> told = new ArrayList<>();
    for (Iterator<Cache.Entry<String, Thing>> all = cache.iterator(); all.hasNext(); ) {
      try {
        told.add(all.next().getKey());
      } catch (CacheException e) {
        told.add(e.getMessage().replaceFirst("read: .*", "read"));
      }
    }

    assertThat(told)
        .containsExactlyInAnyOrder("fine", "cache 'c': value of key 'k' cannot be read");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void get_ofBytesThatAreAMiss_loadsAndStoresInTheirPlace(boolean lease) {
    RecordingLoader<String, Thing> loader = RecordingLoader.of(Thing::of);
    RedisCache<String, Thing> cache =
        Space.cache(
            space.manager(
                "cache-defaults.on-undecodable=miss", "cache-defaults.load.lease=" + lease),
            "c",
            Space.types(String.class, Thing.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory()));
    plant(FOREIGN);

    assertThat(cache.get("k")).isEqualTo(Thing.of("k"));
    assertThat(cache.get("k")).isEqualTo(Thing.of("k"));
    plant(FOREIGN);
    assertThat(cache.getAll(Set.of("k", "l"))).hasSize(2);
    assertThat(cache.getAll(Set.of("k", "l"))).hasSize(2);

    assertThat(loader.loads()).containsExactly("k");
    assertThat(loader.bulkLoads()).hasSize(1);
  }

  @Test
  void operation_onAKeyOfAnotherType_repeatsTheServersWords() {
    RedisCache<String, Thing> cache = things("kryo", "fail");
    String key = space.stored(probe, "c", "k").key();
    probe.command("RPUSH", key, "an element");

    for (Runnable call :
        new Runnable[] {
          () -> cache.get("k"),
          () -> cache.getAndPut("k", Thing.of("x")),
          () -> cache.getAndRemove("k"),
          () -> cache.replace("k", Thing.of("x"), Thing.of("y")),
          () -> cache.invoke("k", (entry, arguments) -> entry.getValue())
        }) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(call::run)
          .withMessageStartingWith("cache 'c': " + space.uri().getScheme())
          .withMessageContaining("answered 'WRONGTYPE");
    }
    assertThat(probe.type(key)).isEqualTo("list");
  }

  /** SET replaces whatever is there; a hash cannot have a field where no hash is. */
  @Test
  void put_overAKeyOfAnotherType_replacesItUnlessTheEntryLiesInAHash() {
    RedisCache<String, Thing> cache = things("kryo", "fail");
    probe.command("RPUSH", space.stored(probe, "c", "k").key(), "an element");

    if (Space.inHashes()) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put("k", Thing.of("x")))
          .withMessageContaining("answered 'WRONGTYPE");
    } else {
      cache.put("k", Thing.of("x"));
      assertThat(cache.get("k")).isEqualTo(Thing.of("x"));
    }
  }

  private static Set<UUID> putSome(RedisCache<UUID, String> cache) {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      UUID id = UUID.randomUUID();
      cache.put(id, "value");
      ids.add(id);
    }
    return ids;
  }

  private void plantForeignKeys() {
    for (String key : List.of("foreign", "other")) {
      space.stored(probe, "c", key).plant("a text".getBytes(UTF_8));
    }
  }

  /** Raw, so that any text is a value and nothing but the key is at fault. */
  private RedisCache<UUID, String> ofIds(String onUndecodable, int scanSize) {
    return Space.cache(
        space.manager(
            "cache-defaults.codec.name=raw",
            "cache-defaults.on-undecodable=" + onUndecodable,
            "cache-defaults.scan-size=" + scanSize),
        "c",
        Space.types(UUID.class, String.class));
  }

  private void plant(byte[] bytes) {
    entry().plant(bytes);
  }

  private StoredEntry entry() {
    return space.stored(probe, "c", "k");
  }

  private RedisCache<String, Thing> things(String codec, String onUndecodable) {
    return Space.cache(
        space.manager(),
        "c",
        new RedisCacheConfiguration<>(
                Space.types(String.class, Thing.class).setStatisticsEnabled(true))
            .setting("codec.name", codec)
            .setting("on-undecodable", onUndecodable));
  }
}
