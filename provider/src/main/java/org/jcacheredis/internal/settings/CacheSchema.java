// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jcacheredis.codec.CodecSettings;
import org.jspecify.annotations.Nullable;

/** The settings of one cache. */
final class CacheSchema {
  /** For {@code expiry.updated} and {@code expiry.accessed}: as if nothing were said. */
  private static final String UNCHANGED = "unchanged";

  private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
  private static final String CLASS = NAME + "(\\." + NAME + ")*";
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final int REDIS_MAX_BULK = 512 * 1024 * 1024;
  private static final int MOST_PARTITIONS = 4096;

  static final Setting<String> KEY_TYPE =
      Setting.optional("key-type", Kinds.matching(CLASS, "the name of a class"));
  static final Setting<String> VALUE_TYPE =
      Setting.optional("value-type", Kinds.matching(CLASS, "the name of a class"));
  static final Setting<Duration> CREATED = Setting.optional("expiry.created", Kinds.lifetime());
  static final Setting<Lifetime> UPDATED =
      Setting.optional("expiry.updated", lifetimeOrUnchanged());
  static final Setting<Lifetime> ACCESSED =
      Setting.optional("expiry.accessed", lifetimeOrUnchanged());
  static final Setting<Integer> TTL_JITTER = Setting.required("ttl-jitter", Kinds.percent());
  static final Setting<String> CODEC =
      Setting.required(
          "codec.name",
          Kinds.matching(
              "kryo|java|json|raw|" + NAME + "(\\." + NAME + ")+",
              "kryo, java, json, raw or the name of a class with its package"));
  static final Setting<List<String>> ALLOW =
      Setting.required(
          "codec.allow",
          Kinds.listOf(
              CLASS + "(\\.\\*)?", "a list of classes and packages such as [\"com.acme.*\"]"));
  static final Setting<Compression> COMPRESSION =
      Setting.required("codec.compression", Kinds.oneOf(Compression.class));
  static final Setting<Integer> COMPRESSION_THRESHOLD =
      Setting.required("codec.compression-threshold", Kinds.size(REDIS_MAX_BULK, "512MiB"));
  static final Setting<Integer> MAX_VALUE_SIZE =
      Setting.required("codec.max-value-size", Kinds.size(REDIS_MAX_BULK, "512MiB"));
  static final Setting<CacheSettings.OnUndecodable> ON_UNDECODABLE =
      Setting.required("on-undecodable", Kinds.oneOf(CacheSettings.OnUndecodable.class));
  static final Setting<Duration> NEGATIVE_TTL =
      Setting.required("load.negative-ttl", Kinds.duration(Duration.ZERO));
  static final Setting<Boolean> LEASE = Setting.required("load.lease", Kinds.flag());
  static final Setting<Duration> LEASE_TTL =
      Setting.required("load.lease-ttl", Kinds.duration(MILLI));
  static final Setting<Duration> LEASE_WAIT =
      Setting.required("load.lease-wait", Kinds.duration(MILLI));
  static final Setting<Boolean> STATISTICS = Setting.required("statistics", Kinds.flag());
  static final Setting<Boolean> MANAGEMENT = Setting.required("management", Kinds.flag());
  static final Setting<Integer> BULK_SIZE = Setting.required("bulk-size", Kinds.integer(1, 10_000));
  static final Setting<Integer> BULK_BYTES =
      Setting.required("bulk-bytes", Kinds.size(REDIS_MAX_BULK, "512MiB"));
  static final Setting<Integer> SCAN_SIZE =
      Setting.required("scan-size", Kinds.integer(1, 100_000));
  static final Setting<CacheSettings.Placement.Kind> LAYOUT =
      Setting.required("layout", Kinds.oneOf(CacheSettings.Placement.Kind.class));
  static final Setting<Integer> PARTITIONS =
      Setting.optional("partitions", Kinds.powerOfTwo(MOST_PARTITIONS));
  static final Setting<Integer> EVENT_QUEUE =
      Setting.required("events.queue", Kinds.integer(1, 10_000_000));
  static final Setting<CacheSettings.Synchronous> EVENT_SYNCHRONOUS =
      Setting.required("events.synchronous", Kinds.oneOf(CacheSettings.Synchronous.class));
  static final Setting<Duration> EVENT_DEADLINE =
      Setting.required("events.deadline", Kinds.duration(MILLI));
  static final Setting<Boolean> LOCAL_ENABLED = Setting.required("local.enabled", Kinds.flag());
  static final Setting<Integer> LOCAL_MAX_ENTRIES =
      Setting.required("local.max-entries", Kinds.integer(1, 100_000_000));
  static final Setting<Long> LOCAL_MAX_WEIGHT =
      Setting.optional("local.max-weight", Kinds.longSize(1, 1L << 40, "1TiB"));
  static final Setting<Duration> LOCAL_TTL =
      Setting.required("local.ttl", Kinds.duration(MILLI, Duration.ofDays(1), "1d"));
  static final Setting<Duration> LOCAL_MAX_STALENESS =
      Setting.required("local.max-staleness", Kinds.duration(Duration.ofMillis(100)));
  static final Setting<List<String>> LOCAL_IMMUTABLE_TYPES =
      Setting.required(
          "local.immutable-types",
          Kinds.listOf(CLASS, "a list of classes such as [\"com.acme.Money\"]"));
  static final Setting<CacheSettings.AccessExpiry> LOCAL_ACCESS_EXPIRY =
      Setting.required("local.access-expiry", Kinds.oneOf(CacheSettings.AccessExpiry.class));

  static final Schema SCHEMA =
      new Schema(
          List.of(
              KEY_TYPE,
              VALUE_TYPE,
              CREATED,
              UPDATED,
              ACCESSED,
              TTL_JITTER,
              CODEC,
              ALLOW,
              COMPRESSION,
              COMPRESSION_THRESHOLD,
              MAX_VALUE_SIZE,
              ON_UNDECODABLE,
              NEGATIVE_TTL,
              LEASE,
              LEASE_TTL,
              LEASE_WAIT,
              STATISTICS,
              MANAGEMENT,
              BULK_SIZE,
              BULK_BYTES,
              SCAN_SIZE,
              LAYOUT,
              PARTITIONS,
              EVENT_QUEUE,
              EVENT_SYNCHRONOUS,
              EVENT_DEADLINE,
              LOCAL_ENABLED,
              LOCAL_MAX_ENTRIES,
              LOCAL_MAX_WEIGHT,
              LOCAL_TTL,
              LOCAL_MAX_STALENESS,
              LOCAL_IMMUTABLE_TYPES,
              LOCAL_ACCESS_EXPIRY),
          List.of());

  private enum Compression {
    NONE,
    GZIP,
    LZ4,
    ZSTD
  }

  /** A lifetime, or null for {@link #UNCHANGED}. */
  private record Lifetime(@Nullable Duration duration) {
    static @Nullable Duration of(@Nullable Lifetime lifetime) {
      return lifetime == null ? null : lifetime.duration;
    }
  }

  private CacheSchema() {}

  private static Kind<Lifetime> lifetimeOrUnchanged() {
    Kind<Duration> lifetime = Kinds.lifetime();
    return found -> {
      if (found.shown().trim().equalsIgnoreCase(UNCHANGED)) {
        return new Lifetime(null);
      }
      try {
        return new Lifetime(lifetime.parse(found));
      } catch (Mismatch e) {
        throw new Mismatch(e.expected() + " or " + UNCHANGED);
      }
    };
  }

  /** The checked settings as a record. */
  static CacheSettings cache(String name, Layer layer) {
    return new CacheSettings(
        name,
        KEY_TYPE.find(layer),
        VALUE_TYPE.find(layer),
        expiry(layer),
        TTL_JITTER.get(layer),
        codec(layer),
        ON_UNDECODABLE.get(layer),
        loading(layer),
        STATISTICS.get(layer),
        MANAGEMENT.get(layer),
        BULK_SIZE.get(layer),
        BULK_BYTES.get(layer),
        SCAN_SIZE.get(layer),
        new CacheSettings.Placement(LAYOUT.get(layer), PARTITIONS.find(layer)),
        events(layer),
        local(layer));
  }

  private static CacheSettings.Expiry expiry(Layer layer) {
    return new CacheSettings.Expiry(
        CREATED.find(layer), Lifetime.of(UPDATED.find(layer)), Lifetime.of(ACCESSED.find(layer)));
  }

  private static CodecSettings codec(Layer layer) {
    return new CodecSettings(
        CODEC.get(layer),
        ALLOW.get(layer),
        COMPRESSION.get(layer).name().toLowerCase(Locale.ROOT),
        COMPRESSION_THRESHOLD.get(layer),
        MAX_VALUE_SIZE.get(layer));
  }

  private static CacheSettings.Loading loading(Layer layer) {
    return new CacheSettings.Loading(
        NEGATIVE_TTL.get(layer), LEASE.get(layer), LEASE_TTL.get(layer), LEASE_WAIT.get(layer));
  }

  private static CacheSettings.Events events(Layer layer) {
    return new CacheSettings.Events(
        EVENT_QUEUE.get(layer), EVENT_SYNCHRONOUS.get(layer), EVENT_DEADLINE.get(layer));
  }

  private static CacheSettings.Local local(Layer layer) {
    return new CacheSettings.Local(
        LOCAL_ENABLED.get(layer),
        LOCAL_MAX_ENTRIES.get(layer),
        LOCAL_MAX_WEIGHT.find(layer),
        LOCAL_TTL.get(layer),
        LOCAL_MAX_STALENESS.get(layer),
        LOCAL_IMMUTABLE_TYPES.get(layer),
        LOCAL_ACCESS_EXPIRY.get(layer));
  }
}
