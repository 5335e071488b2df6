// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.net.URI;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcacheredis.processor.LuaProcessors;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.TestServers;
import org.jspecify.annotations.Nullable;

/**
 * The provider in a few seconds: uses it through {@code javax.cache}, one counter with {@link
 * LuaProcessors}, and says what it did. On the server that {@code REDIS_URL} names, else on one
 * that it starts; leaves nothing behind.
 */
public final class QuickStart {
  private static final String NAMESPACE = "quickstart";
  private static final Duration TEN_MINUTES = new Duration(TimeUnit.MINUTES, 10);
  private static final Duration SHORT = new Duration(TimeUnit.MILLISECONDS, 300);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final CacheManager manager;
  private final RedisProbe redis;
  private final PrintStream out;

  private QuickStart(CacheManager manager, RedisProbe redis, PrintStream out) {
    this.manager = manager;
    this.redis = redis;
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] args) {
    try {
      run(System.getenv("REDIS_URL"));
    } catch (IllegalArgumentException | CacheException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(@Nullable String url) {
    if (url != null && !url.isBlank()) {
      run(TestServers.address(url), System.out);
      return;
    }
    try (RedisServer server = RedisServer.start()) {
      run(server.uri(), System.out);
    }
  }

  /** The whole transcript, on the server at this address. */
  static void run(URI server, PrintStream out) {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.namespace", NAMESPACE);
    settings.setProperty("jcache-redis.connect", "eager");
    ClassLoader loader = QuickStart.class.getClassLoader();
    try (CacheManager manager =
            Caching.getCachingProvider().getCacheManager(server, loader, settings);
        RedisProbe redis = RedisProbe.of(() -> server)) {
      out.printf("JCache on redis://%s:%d%n", server.getHost(), server.getPort());
      new QuickStart(manager, redis, out).tell();
    }
  }

  private void tell() {
    try {
      Cache<String, Person> people = manager.createCache("people", people());
      values(people);
      processors(people);
      expiry();
      statistics(people);
      keys();
    } finally {
      manager.getCacheNames().forEach(manager::destroyCache);
    }
    chapter("Destroy the caches");
    line("keys left in Redis: " + redis.keys(NAMESPACE + ":*").size());
  }

  private MutableConfiguration<String, Person> people() {
    EventPrinter<String, Person> printer = new EventPrinter<>(text -> line("   " + text));
    return new MutableConfiguration<String, Person>()
        .setTypes(String.class, Person.class)
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(TEN_MINUTES))
        .setStatisticsEnabled(true)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> printer, null, true, true));
  }

  private void values(Cache<String, Person> people) {
    chapter("Put and get, with a listener");
    line("put ada, put alan");
    people.put("ada", new Person("Ada Lovelace", 1815));
    people.put("alan", new Person("Alan Turing", 1912));
    line("get ada         = " + people.get("ada"));
    line("get grace       = " + people.get("grace"));
    line("remove alan");
    people.remove("alan");
  }

  private void processors(Cache<String, Person> people) {
    chapter("Entry processors: atomic, in whichever JVM");
    line("invoke ada, in Java: born + 1");
    people.invoke(
        "ada",
        (ada, arguments) -> {
          ada.setValue(new Person(ada.getValue().name(), ada.getValue().born() + 1));
          return null;
        });
    Cache<String, Long> counters =
        manager.createCache(
            "counters",
            new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
    counters.invoke("visits", LuaProcessors.increment(1));
    Long visits = counters.invoke("visits", LuaProcessors.increment(41));
    line("invoke visits, in the server: + 1, + 41 = " + visits);
  }

  private void expiry() {
    chapter("Expiry, by the server's clock");
    Cache<String, String> codes =
        manager.createCache(
            "codes",
            new MutableConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(SHORT)));
    codes.put("login", "1234");
    line("put login, for %d ms; get = %s".formatted(SHORT.getDurationAmount(), codes.get("login")));
    long end = System.nanoTime() + PATIENCE;
    while (codes.containsKey("login") && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    line("later; get = " + codes.get("login"));
  }

  private void statistics(Cache<String, Person> people) {
    chapter("Statistics of people");
    CacheStatisticsMXBean counted = people.unwrap(CacheStatisticsMXBean.class);
    line(
        "hits %d, misses %d, puts %d, removals %d"
            .formatted(
                counted.getCacheHits(),
                counted.getCacheMisses(),
                counted.getCachePuts(),
                counted.getCacheRemovals()));
  }

  private void keys() {
    chapter("What Redis has");
    for (String key : redis.keys(NAMESPACE + ":*")) {
      Object ttl = redis.command("TTL", key);
      line("%-24s TTL %-4s %s".formatted(key, ttl, readable(redis.get(key.getBytes(UTF_8)))));
    }
  }

  private static String readable(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8).replaceAll("[^\\x20-\\x7e]", ".");
  }

  private void chapter(String title) {
    out.printf("%n%s%n", title);
  }

  private void line(String text) {
    out.println("  " + text);
  }
}
