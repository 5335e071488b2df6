// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCacheStatisticsMXBean;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.TestServers;
import org.jspecify.annotations.Nullable;

/**
 * Two JVMs and one cache in a few seconds: this one, A, listens and keeps values near; it starts
 * the other, B, which writes. On the server that {@code REDIS_URL} names, else on one that it
 * starts; leaves neither keys nor a process behind.
 */
public final class TwoJvms {
  static final String CACHE = "stock";

  private static final String NAMESPACE = "twojvms";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int GETS = 1_000;
  private static final List<String> READS = List.of("get", "getex", "mget", "evalsha", "eval");

  private final Cache<String, Integer> stock;
  private final EventQueue<String, Integer> events;
  private final JavaProcess other;
  private final RedisProbe redis;
  private final PrintStream out;
  private int asked;

  private TwoJvms(
      Cache<String, Integer> stock,
      EventQueue<String, Integer> events,
      JavaProcess other,
      RedisProbe redis,
      PrintStream out) {
    this.stock = stock;
    this.events = events;
    this.other = other;
    this.redis = redis;
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] args) {
    try {
      run(System.getenv("REDIS_URL"));
    } catch (IllegalArgumentException | IllegalStateException | CacheException e) {
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
    EventQueue<String, Integer> events = new EventQueue<>();
    try (CacheManager manager = manager(server);
        RedisProbe redis = RedisProbe.of(() -> server)) {
      out.printf("This is JVM A, on redis://%s:%d%n", server.getHost(), server.getPort());
      try (JavaProcess other =
          JavaProcess.start(
              PATIENCE.multipliedBy(3),
              List.of("-Dkryo.unsafe=false"),
              OtherJvm.class,
              server.toString())) {
        Cache<String, Integer> stock = manager.createCache(CACHE, listeningAndNear(events));
        new TwoJvms(stock, events, other, redis, out).tell();
      } finally {
        manager.getCacheNames().forEach(manager::destroyCache);
        // what is remembered of an expired entry would stay for some seconds
        redis.keys(NAMESPACE + ":*").forEach(redis::del);
      }
    }
  }

  /** The manager of one of the JVMs. */
  static CacheManager manager(URI server) {
    Properties settings = new Properties();
    settings.setProperty("jcache-redis.namespace", NAMESPACE);
    settings.setProperty("jcache-redis.connect", "eager");
    ClassLoader loader = TwoJvms.class.getClassLoader();
    return Caching.getCachingProvider().getCacheManager(server, loader, settings);
  }

  private static RedisCacheConfiguration<String, Integer> listeningAndNear(
      EventQueue<String, Integer> events) {
    return new RedisCacheConfiguration<String, Integer>()
        .setTypes(String.class, Integer.class)
        .setStatisticsEnabled(true)
        .setting("local.enabled", true)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> events, null, true, false));
  }

  private void tell() {
    listener();
    expiry();
    anybody();
    localTier();
  }

  private void listener() {
    chapter("A listener here, writes there");
    there("put apples 3");
    there("put apples 2");
    there("remove apples");
  }

  private void expiry() {
    chapter("The server's clock ends an entry");
    there("put melons 1 300");
    hear();
  }

  private void anybody() {
    chapter("Somebody writes with redis-cli");
    there("put pears 7");
    line("redis-cli: DEL " + key("pears"));
    redis.del(key("pears"));
    hear();
  }

  private void localTier() {
    chapter("A local tier here, writes there");
    there("put plums 5");
    line("get plums = " + stock.get("plums"));
    thousandGets();
    there("put plums 4");
    await(() -> Integer.valueOf(4).equals(stock.get("plums")));
    line("get plums = " + stock.get("plums"));
  }

  /** Once the value is here to stay, which the notice of its own creation may delay. */
  private void thousandGets() {
    RedisCacheStatisticsMXBean counted = stock.unwrap(RedisCacheStatisticsMXBean.class);
    long[] seen = new long[2];
    await(
        () -> {
          long before = counted.getLocalHits();
          seen[1] = reads(redis.commandsDuring(this::getOftenPlums));
          seen[0] = counted.getLocalHits() - before;
          return seen[0] == GETS && seen[1] == 0;
        });
    line("get plums, %d times: %d local hits, %d reads in Redis".formatted(GETS, seen[0], seen[1]));
  }

  private void getOftenPlums() {
    for (int i = 0; i < GETS; i++) {
      stock.get("plums");
    }
  }

  private static long reads(Map<String, Long> commands) {
    return READS.stream().mapToLong(read -> commands.getOrDefault(read, 0L)).sum();
  }

  /** Lets JVM B do something, and hears of it. */
  private void there(String what) {
    line("JVM B: " + what);
    other.send(what);
    String done = OtherJvm.DONE + ++asked;
    String unused = other.awaitLine(done::equals);
    hear();
  }

  private void hear() {
    line("   " + events.next(PATIENCE));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static String key(String name) {
    return NAMESPACE + ":" + CACHE + ":" + name;
  }

  private void chapter(String title) {
    out.printf("%n%s%n", title);
  }

  private void line(String text) {
    out.println("  " + text);
  }
}
