// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.JavaProcess;

/** Another JVM with the cache "c", which does what it is told: put, remove, get, listen. */
final class Jvm {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private Jvm() {}

  /** Starts one in this space; settings are those of the cache, e.g. {@code local.enabled=true}. */
  static JavaProcess start(Space space, String... settings) {
    return start(Jvm.class, space, settings);
  }

  /** Starts another program that takes the same arguments. */
  static JavaProcess start(Class<?> program, Space space, String... settings) {
    Properties properties = space.properties();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      properties.setProperty("jcache-redis.caches.c." + parts[0], parts[1]);
    }
    List<String> arguments = new ArrayList<>(List.of(space.uri().toString()));
    properties
        .stringPropertyNames()
        .forEach(name -> arguments.add(name + "=" + properties.getProperty(name)));
    JavaProcess process =
        JavaProcess.start(DEADLINE, List.of(), program, arguments.toArray(String[]::new));
    process.awaitLine("ready");
    return process;
  }

  /** Manager and cache of a program that was started with such arguments. */
  static CacheManager manager(String[] arguments) {
    Properties properties = new Properties();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      properties.setProperty(setting[0], setting[1]);
    }
    return new RedisCachingProvider()
        .getCacheManager(URI.create(arguments[0]), Jvm.class.getClassLoader(), properties);
  }

  /**
   * @param arguments the server's URI, then properties as {@code name=value}
   */
  public static void main(String[] arguments) throws IOException {
    Cache<String, String> cache =
        manager(arguments)
            .createCache(
                "c",
                new RedisCacheConfiguration<String, String>().setTypes(String.class, String.class));
    cache.containsKey("connects");
    System.out.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      obey(cache, order.split(" "));
      System.out.println("done " + order);
    }
    System.exit(0);
  }

  private static void obey(Cache<String, String> cache, String[] order) {
    switch (order[0]) {
      case "put" -> cache.put(order[1], order[2]);
      case "remove" -> cache.remove(order[1]);
      case "get" -> System.out.println("got " + cache.get(order[1]));
      case "listen" ->
          cache.registerCacheEntryListener(
              new MutableCacheEntryListenerConfiguration<>(Printer::new, null, true, true));
      default -> throw new IllegalArgumentException(order[0]);
    }
  }

  /** Prints what it hears. */
  private static final class Printer
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String>,
          CacheEntryRemovedListener<String, String>,
          CacheEntryExpiredListener<String, String> {

    private void print(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      events.forEach(
          event ->
              System.out.println(
                  "heard %s %s %s %s"
                      .formatted(
                          event.getEventType(),
                          event.getKey(),
                          abridged(event.getValue()),
                          abridged(event.getOldValue()))));
    }

    private static String abridged(String value) {
      return value == null ? "null" : value.substring(0, Math.min(20, value.length()));
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      print(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      print(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      print(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      print(events);
    }
  }
}
