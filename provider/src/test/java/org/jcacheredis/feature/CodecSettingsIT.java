// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings {@code codec.*} through a cache: what is stored, and what is refused. */
@EveryLayout
class CodecSettingsIT {
  private static final String REFUSED =
      "class org.jcacheredis.feature.Thing is not allowed; declare it with setTypes or add it to"
          + " codec.allow";

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @ParameterizedTest
  @CsvSource({
    "kryo, none", "kryo, gzip", "kryo, lz4", "kryo, zstd",
    "java, none", "java, gzip", "java, lz4", "java, zstd",
    "json, none", "json, gzip", "json, lz4", "json, zstd"
  })
  void put_withCodecAndCompression_isReadBackByAnotherManager(String codec, String compression) {
    RedisCache<String, Thing> writer = things(codec, compression);
    RedisCache<String, Thing> reader = things(codec, compression);
    Thing large = Thing.of("large ".repeat(10_000));

    writer.put("small", Thing.of("small"));
    writer.put("large", large);

    assertThat(reader.get("small")).isEqualTo(Thing.of("small"));
    assertThat(reader.get("large")).isEqualTo(large);
    int stored = space.stored(probe, "c", "large").bytes().length;
    if (compression.equals("none")) {
      assertThat(stored).isGreaterThan(60_000);
    } else {
      assertThat(stored).isLessThan(10_000);
    }
  }

  /** Whoever reads knows from the bytes how they were compressed. */
  @Test
  void get_writtenWithAnotherCompression_isRead() {
    Thing large = Thing.of("large ".repeat(10_000));
    things("kryo", "zstd").put("k", large);

    assertThat(things("kryo", "gzip").get("k")).isEqualTo(large);
  }

  @Test
  void get_writtenWithAnotherCodec_namesTheSetting() {
    things("java", "none").put("k", Thing.of("x"));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> things("kryo", "none").get("k"))
        .withMessageContaining("cache 'c': value of key 'k' cannot be read")
        .withMessageContaining("codec.name");
  }

  @Test
  void put_withRaw_storesWhatOtherLanguagesRead() {
    CacheManager manager = space.manager("cache-defaults.codec.name=raw");
    Space.cache(manager, "t", Space.types(String.class, String.class)).put("k", "text");
    Space.cache(manager, "n", Space.types(String.class, Long.class)).put("k", 42L);
    RedisCache<String, byte[]> bytes =
        Space.cache(manager, "b", Space.types(String.class, byte[].class));
    bytes.put("k", new byte[] {0, -1});

    assertThat(space.stored(probe, "t", "k").text()).isEqualTo("text");
    assertThat(space.stored(probe, "n", "k").text()).isEqualTo("42");
    assertThat(space.stored(probe, "b", "k").bytes()).containsExactly(0, -1);
    assertThat(bytes.get("k")).containsExactly(0, -1);
    space.stored(probe, "b", "k").plant("from elsewhere".getBytes(UTF_8));
    assertThat(bytes.get("k")).isEqualTo("from elsewhere".getBytes(UTF_8));
  }

  @Test
  void createCache_withACodecThatDoesNotSuit_saysSoAndLeavesTheNameFree() {
    CacheManager manager = space.manager();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                manager.createCache(
                    "c",
                    new RedisCacheConfiguration<String, Thing>()
                        .setting("codec.name", "raw")
                        .setTypes(String.class, Thing.class)))
        .withMessageContaining("codec.name")
        .withMessageContaining("declare String, byte[], Boolean or a number type");

    assertThat((Object) manager.getCache("c")).isNull();
    Space.cache(manager, "c", Space.types(String.class, Thing.class)).put("k", Thing.of("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void put_ofAClassThatIsNotAllowed_isRefusedAndStoresNothing(String codec) {
    RedisCache<String, Object> cache = strangers(codec);

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", Thing.of("x")))
        .withMessage("cache 'c': value cannot be stored: " + REFUSED);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", List.of("fine", Thing.of("x"))))
        .withMessage("cache 'c': value cannot be stored: " + REFUSED);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.putAll(Map.of("a", "fine", "b", Thing.of("x"))))
        .withMessage("cache 'c': value cannot be stored: " + REFUSED);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue(Thing.of("x"));
                      return null;
                    }))
        .withMessageContaining("cache 'c': value cannot be stored: " + REFUSED);

    assertThat(space.keys(probe)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void get_ofAClassThatIsNotAllowed_isRefused(String codec) {
    RedisCache<String, Object> trusting =
        Space.cache(
            space.manager("cache-defaults.codec.name=" + codec),
            "c",
            Space.types(String.class, Object.class));
    trusting.put("k", List.of(Thing.of("x")));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> strangers(codec).get("k"))
        .withMessage("cache 'c': value of key 'k' cannot be read: " + REFUSED);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> strangers(codec).iterator().next())
        .withMessage("cache 'c': value of key 'k' cannot be read: " + REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void put_ofWhatCannotBeWritten_isRefusedAndStoresNothing(String codec) {
    RedisCache<String, Object> cache =
        Space.cache(
            space.manager("cache-defaults.codec.name=" + codec),
            "c",
            Space.types(String.class, Object.class));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", new Stream(new ByteArrayInputStream(new byte[1]))))
        .withMessageStartingWith("cache 'c': value cannot be stored: ")
        .withMessageContainingAll("class ");

    assertThat(space.keys(probe)).isEmpty();
  }

  private record Stream(InputStream input) {}

  @Test
  void put_ofACyclicValue_staysACycle() {
    RedisCache<String, Object> cache =
        Space.cache(space.manager(), "c", Space.types(String.class, Object.class));
    Object[] cycle = new Object[1];
    cycle[0] = cycle;

    cache.put("k", cycle);

    Object[] copy = (Object[]) cache.get("k");
    assertThat(copy[0]).isSameAs(copy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java"})
  void get_ofASingleton_isTheOneOfThisJvm(String codec) {
    RedisCache<String, Object> cache =
        Space.cache(
            space.manager("cache-defaults.codec.name=" + codec),
            "c",
            Space.types(String.class, Object.class));

    cache.put("k", Lone.ONE);
    cache.put("list", List.of(Lone.ONE, "other", Lone.ONE));

    assertThat(cache.get("k")).isSameAs(Lone.ONE);
    assertThat(((List<?>) cache.get("list")).get(0)).isSameAs(Lone.ONE);
  }

  @Test
  void put_of64Megabytes_isReadBack() {
    RedisCache<String, byte[]> cache =
        Space.cache(
            space.manager("command-timeout=30s"), "c", Space.types(String.class, byte[].class));
    byte[] value = new byte[64 << 20];
    new Random(7).nextBytes(value);

    cache.put("k", value);

    assertThat(Arrays.equals(cache.get("k"), value)).isTrue();
    assertThat(cache.remove("k", value)).isTrue();
  }

  @Test
  void put_ofMoreThanMaxValueSize_isRefusedAndKeepsTheOldValue() {
    RedisCache<String, String> cache =
        space.strings("c", "cache-defaults.codec.max-value-size=1KiB");
    cache.put("k", "x".repeat(1023));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.put("k", "y".repeat(1024)))
        .withMessage(
            "cache 'c': value cannot be stored: value of class java.lang.String has 1025 bytes;"
                + " setting 'codec.max-value-size' allows 1024; raise it or store less");

    assertThat(cache.get("k")).isEqualTo("x".repeat(1023));
  }

  private RedisCache<String, Thing> things(String codec, String compression) {
    return Space.cache(
        space.manager(),
        "c",
        new RedisCacheConfiguration<>(Space.types(String.class, Thing.class))
            .setting("codec.name", codec)
            .setting("codec.compression", compression));
  }

  private RedisCache<String, Object> strangers(String codec) {
    return Space.cache(
        space.manager(
            "cache-defaults.codec.allow=com.acme.*", "cache-defaults.codec.name=" + codec),
        "c",
        Space.types(String.class, Object.class));
  }
}
