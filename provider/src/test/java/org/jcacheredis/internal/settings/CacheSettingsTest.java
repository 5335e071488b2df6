// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jcacheredis.codec.CodecSettings;
import org.jcacheredis.internal.settings.CacheSettings.AccessExpiry;
import org.jcacheredis.internal.settings.CacheSettings.Expiry;
import org.jcacheredis.internal.settings.CacheSettings.OnUndecodable;
import org.jcacheredis.internal.settings.CacheSettings.Placement;
import org.jcacheredis.internal.settings.CacheSettings.Synchronous;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheSettingsTest {
  private static final String LAYERS =
      """
      jcache-redis {
        cache-defaults { ttl-jitter = 1, bulk-size = 11, scan-size = 21, events.queue = 31 }
        templates {
          "com.acme.session.*" { bulk-size = 13 }
          "com.acme.*" { bulk-size = 12, scan-size = 22, events.queue = 32 }
          exact { bulk-size = 14 }
        }
        caches {
          "com.acme.session.web" { events.queue = 33 }
          empty {}
        }
      }
      """;

  @TempDir Path directory;

  private CacheSettings cache(String block) throws IOException {
    return new Sources(directory)
        .conf("jcache-redis.caches.c {" + block + "}")
        .cache("c", Map.of());
  }

  @Test
  void cache_nothingSet_givesDefaults() throws IOException {
    CodecSettings codec = new CodecSettings("kryo", List.of(), "none", 2048, 536_870_912);
    assertThat(cache(""))
        .isEqualTo(
            new CacheSettings(
                "c",
                null,
                null,
                new Expiry(null, null, null),
                0,
                codec,
                OnUndecodable.FAIL,
                new CacheSettings.Loading(
                    Duration.ZERO, false, Duration.ofSeconds(10), Duration.ofSeconds(5)),
                false,
                false,
                500,
                1 << 20,
                1000,
                new Placement(Placement.Kind.KEYS, null),
                new CacheSettings.Events(10_000, Synchronous.LOCAL, Duration.ofSeconds(1)),
                new CacheSettings.Local(
                    false,
                    10_000,
                    null,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(2),
                    List.of(),
                    AccessExpiry.WARN)));
  }

  @ParameterizedTest
  @CsvSource({
    "other, 11, 21, 31",
    "com.acme.User, 12, 22, 32",
    "com.acme.session.x, 13, 22, 32",
    "com.acme.session.web, 13, 22, 33",
    "exact, 14, 21, 31",
    "com.acme, 11, 21, 31",
    "empty, 11, 21, 31"
  })
  void cache_layers_areMergedBySpecificity(String name, int bulk, int scan, int queue)
      throws IOException {
    ManagerSettings settings = new Sources(directory).conf(LAYERS);
    CacheSettings cache = settings.cache(name, Map.of());
    assertThat(List.of(cache.bulkSize(), cache.scanSize(), cache.events().queue()))
        .containsExactly(bulk, scan, queue);
    assertThat(cache.ttlJitter()).isEqualTo(1);
    assertThat(settings.declaredCaches()).containsOnly("com.acme.session.web", "empty");
  }

  @Test
  void cache_overrides_winOverAllLayers() throws IOException {
    CacheSettings cache =
        new Sources(directory)
            .conf(LAYERS)
            .cache(
                "com.acme.session.web",
                Map.of(
                    "bulk-size",
                    99,
                    "expiry.created",
                    Duration.ofMinutes(3),
                    "expiry.updated",
                    Duration.ofNanos(1_500_000),
                    "expiry.accessed",
                    Expiry.ETERNAL,
                    "codec.allow",
                    List.of("a.B"),
                    "on-undecodable",
                    OnUndecodable.MISS,
                    "key-type",
                    String.class));
    assertThat(cache.bulkSize()).isEqualTo(99);
    assertThat(cache.expiry())
        .isEqualTo(new Expiry(Duration.ofMinutes(3), Duration.ofNanos(1_500_000), Expiry.ETERNAL));
    assertThat(cache.codec().allow()).containsExactly("a.B");
    assertThat(cache.onUndecodable()).isEqualTo(OnUndecodable.MISS);
    assertThat(cache.keyType()).isEqualTo("java.lang.String");
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 600000",
    "1.5s, 1500",
    "500ms, 500",
    "0, 0",
    "250, 250",
    "36500d, 3153600000000"
  })
  void expiry_duration_isRead(String text, long millis) throws IOException {
    assertThat(cache("expiry.created = \"" + text + '"').expiry().created()).hasMillis(millis);
  }

  @Test
  void expiry_words_areRead() throws IOException {
    Expiry expiry =
        cache("expiry { created = eternal, updated = unchanged, accessed = 0 }").expiry();
    assertThat(expiry).isEqualTo(new Expiry(Expiry.ETERNAL, null, Duration.ZERO));
    assertThat(cache("expiry.updated = unchanged").expiry().isConfigured()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10%, 10", "10, 10", "'0 %', 0", "100%, 100"})
  void ttlJitter_percentage_isRead(String text, int expected) throws IOException {
    assertThat(cache("ttl-jitter = \"" + text + '"').ttlJitter()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2KiB, 2048", "64 MiB, 67108864", "1kB, 1000", "0, 0", "77, 77", "512MiB, 536870912"})
  void size_bytes_isRead(String text, int expected) throws IOException {
    assertThat(cache("codec.max-value-size = \"" + text + '"').codec().maxValueSize())
        .isEqualTo(expected);
  }

  @Test
  void everythingElse_isRead() throws IOException {
    CacheSettings cache =
        cache(
            """
            key-type = java.lang.String, value-type = "com.acme.Outer$Inner", on-undecodable = miss
            codec { name = com.acme.MyCodec, allow = ["com.acme.*", a.B], compression = zstd }
            codec.compression-threshold = 1KiB, statistics = on, management = yes
            load { negative-ttl = 1s, lease = true, lease-ttl = 2s, lease-wait = 3s }
            """);
    assertThat(cache.valueType()).isEqualTo("com.acme.Outer$Inner");
    assertThat(cache.onUndecodable()).isEqualTo(OnUndecodable.MISS);
    assertThat(cache.codec().codec()).isEqualTo("com.acme.MyCodec");
    assertThat(cache.codec().allow()).containsExactly("com.acme.*", "a.B");
    assertThat(cache.codec().compression()).isEqualTo("zstd");
    assertThat(cache.statistics() && cache.management()).isTrue();
    assertThat(cache.loading())
        .isEqualTo(
            new CacheSettings.Loading(
                Duration.ofSeconds(1), true, Duration.ofSeconds(2), Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "layout = hash, HASH, -",
        "layout = HASH, HASH, -",
        "'layout = auto, partitions = 16', AUTO, 16",
        "'layout = keys, partitions = 4096', KEYS, 4096",
        "partitions = 1, KEYS, 1",
        "partitions = null, KEYS, -"
      })
  void layout_isRead(String block, Placement.Kind kind, Integer partitions) throws IOException {
    assertThat(cache(block).placement()).isEqualTo(new Placement(kind, partitions));
  }

  @Test
  void layout_ofATemplate_isThatOfItsCaches() throws IOException {
    ManagerSettings settings =
        new Sources(directory)
            .conf(
                """
                jcache-redis {
                  cache-defaults.partitions = 8
                  templates { "big*" { layout = hash, partitions = 256 } }
                  caches.bigger.partitions = null
                }
                """);
    assertThat(settings.cache("c", Map.of()).placement())
        .isEqualTo(new Placement(Placement.Kind.KEYS, 8));
    assertThat(settings.cache("bigger", Map.of()).placement())
        .isEqualTo(new Placement(Placement.Kind.HASH, null));
    assertThat(settings.cache("big", Map.of("layout", "auto", "partitions", 2)).placement())
        .isEqualTo(new Placement(Placement.Kind.AUTO, 2));
  }

  @Test
  void eventsAndLocal_areRead() throws IOException {
    CacheSettings cache =
        cache(
            """
            events { queue = 7, synchronous = cluster, deadline = 250ms }
            local { enabled = on, max-weight = 3GiB, ttl = 1d, max-staleness = 500ms }
            local { immutable-types = [com.acme.Money, "a.B$C"], access-expiry = refuse }
            """);
    assertThat(cache.events())
        .isEqualTo(new CacheSettings.Events(7, Synchronous.CLUSTER, Duration.ofMillis(250)));
    assertThat(cache.local())
        .isEqualTo(
            new CacheSettings.Local(
                true,
                10_000,
                3L << 30,
                Duration.ofDays(1),
                Duration.ofMillis(500),
                List.of("com.acme.Money", "a.B$C"),
                AccessExpiry.REFUSE));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "other, 10000, 9",
        "entries, 5, -",
        "weight, 10000, 7",
        "entries.weight, 5, 8",
        "entries.none, 6, -",
        "weight.none, 10000, -"
      })
  void localBound_severalBlocks_lastThatSetsOneCounts(String name, int entries, Long weight)
      throws IOException {
    ManagerSettings settings =
        new Sources(directory)
            .conf(
                """
                jcache-redis {
                  cache-defaults.local.max-weight = 9
                  templates { "entries*".local.max-entries = 5, "weight*".local.max-weight = 7 }
                  caches {
                    "entries.weight".local.max-weight = 8
                    "entries.none".local { max-entries = 6, max-weight = null }
                    "weight.none".local.max-weight = null
                  }
                }
                """);
    CacheSettings.Local local = settings.cache(name, Map.of()).local();
    assertThat(local.maxWeight()).isEqualTo(weight);
    assertThat(weight == null ? local.maxEntries() : entries).isEqualTo(entries);
  }

  @Test
  void localBound_overrides_winOverTheOtherBound() throws IOException {
    ManagerSettings settings =
        new Sources(directory).conf("jcache-redis.caches.c.local.max-weight = 9");
    CacheSettings.Local local = settings.cache("c", Map.of("local.max-entries", 4)).local();
    assertThat(local.maxWeight()).isNull();
    assertThat(local.maxEntries()).isEqualTo(4);
  }
}
