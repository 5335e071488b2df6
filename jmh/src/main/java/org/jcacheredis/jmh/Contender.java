// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who is measured. Each runs with its own defaults; only the address of the server is set, and what
 * a layout is named for.
 */
enum Contender {
  JCACHE_REDIS("jcache-redis", Place.REDIS, Contender.OURS),
  JEDIS("jedis", Place.REDIS, "redis.clients.jedis.RedisClient"),
  LETTUCE("lettuce", Place.REDIS, "io.lettuce.core.RedisClient"),
  REDISSON("redisson", Place.REDIS, "org.redisson.jcache.JCachingProvider"),
  CAFFEINE(
      "caffeine-jcache",
      Place.LOCAL,
      "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"),
  EHCACHE("ehcache", Place.LOCAL, "org.ehcache.jsr107.EhcacheCachingProvider"),
  HASH("hash", Map.of("layout", "hash")),
  KEYS("keys", Map.of("layout", "keys")),
  HASH_16("hash-16", Map.of("layout", "hash", "partitions", "16")),
  HASH_64("hash-64", Map.of("layout", "hash", "partitions", "64")),
  HASH_256("hash-256", Map.of("layout", "hash", "partitions", "256")),
  HASH_1024("hash-1024", Map.of("layout", "hash", "partitions", "1024"));

  /** Where the entries are; what is in one place is not compared with what is in another. */
  enum Place {
    REDIS,
    LOCAL,
    /** In Redis, each contender this provider with another layout of its caches. */
    LAYOUT
  }

  /** Names in the order of tables; a name of no contender comes last. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(label -> labels().indexOf(label) & Integer.MAX_VALUE);

  private static final String OURS = "org.jcacheredis.RedisCachingProvider";
  private static final String CACHE = "bench";
  private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");

  private final String label;
  private final Place place;
  private final String className;
  private final Map<String, String> settings;

  Contender(String label, Place place, String className) {
    this.label = label;
    this.place = place;
    this.className = className;
    this.settings = Map.of();
  }

  /** This provider with settings for its caches. */
  Contender(String label, Map<String, String> settings) {
    this.label = label;
    this.place = Place.LAYOUT;
    this.className = Contender.OURS;
    this.settings = settings;
  }

  /** The name on the command line and in results. */
  String label() {
    return label;
  }

  /** The names of all contenders, ours first. */
  static List<String> labels() {
    return Arrays.stream(values()).map(Contender::label).toList();
  }

  /** The names of those in that place, the one that the others are compared with first. */
  static List<String> labels(Place place) {
    return Arrays.stream(values())
        .filter(contender -> contender.place == place)
        .map(Contender::label)
        .toList();
  }

  /** Where the contender of that name keeps its entries. */
  static Place placeOf(String label) {
    return Arrays.stream(Place.values())
        .filter(place -> labels(place).contains(label))
        .findFirst()
        .orElse(Place.REDIS);
  }

  /**
   * The contender of that name.
   *
   * @throws IllegalArgumentException when there is none, or its class is not on the class path
   */
  static Contender named(String label) {
    for (Contender contender : values()) {
      if (contender.label.equals(label)) {
        contender.requirePresent();
        return contender;
      }
    }
    throw new IllegalArgumentException(
        "contender '" + label + "' is unknown; expected one of " + labels());
  }

  /** Opens the contender's cache, for a run of so many entries, and empty of them. */
  CacheUnderTest open(URI server, int entries, @Nullable Duration timeToLive) {
    return switch (this) {
      case JEDIS -> new JedisUnderTest(server, entries, timeToLive);
      case LETTUCE -> new LettuceUnderTest(server, entries, timeToLive);
      case JCACHE_REDIS, HASH, KEYS, HASH_16, HASH_64, HASH_256, HASH_1024 ->
          openJCache(server, timeToLive);
      case REDISSON -> openJCache(redissonSettings(server), timeToLive);
      case CAFFEINE, EHCACHE -> openJCache(null, timeToLive);
    };
  }

  private CacheUnderTest openJCache(@Nullable URI uri, @Nullable Duration timeToLive) {
    // several providers are on the class path: by its class name each is found alone
    CachingProvider provider = Caching.getCachingProvider(className);
    CacheManager manager =
        provider.getCacheManager(
            uri == null ? provider.getDefaultURI() : uri,
            Contender.class.getClassLoader(),
            properties());
    MutableConfiguration<String, String> configuration =
        new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    if (timeToLive != null) {
      configuration.setExpiryPolicyFactory(
          ModifiedExpiryPolicy.factoryOf(
              new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, timeToLive.toMillis())));
    }
    return new JCacheUnderTest(manager, manager.createCache(CACHE, configuration));
  }

  private Properties properties() {
    Properties properties = new Properties();
    settings.forEach(
        (name, value) -> properties.setProperty("jcache-redis.cache-defaults." + name, value));
    return properties;
  }

  /** Redisson's JCache takes its settings from the YAML file that the manager's URI names. */
  private static URI redissonSettings(URI server) {
    try {
      Path file = Files.createTempFile("redisson", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(file, "singleServerConfig:\n  address: \"" + server + "\"\n");
      return file.toUri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name and version, by the file it came in; the name alone where that has no version. */
  String version() {
    CodeSource source = requirePresent().getProtectionDomain().getCodeSource();
    Matcher file = VERSION.matcher(source == null ? "" : source.getLocation().getPath());
    return file.find() ? label + " " + file.group(1) : label;
  }

  private Class<?> requirePresent() {
    try {
      return Class.forName(className, false, Contender.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "contender '"
              + label
              + "': class "
              + className
              + " is not on the class path; choose others with --contenders",
          e);
    }
  }
}
