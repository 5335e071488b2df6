// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jcacheredis.RedisCacheConfiguration;

/**
 * The JVM of {@link LatencyIT} that looks on: on "watch FILE" it reads the entry 'k' from its local
 * tier until that shows the last version; on "listen FILE" it listens until it has heard of that.
 * The file then has, line by line, when which version was there first.
 */
final class Watcher {
  private Watcher() {}

  /**
   * @param arguments the server's URI, then properties as {@code name=value}
   */
  public static void main(String[] arguments) throws IOException {
    Cache<String, Long> cache =
        Jvm.manager(arguments)
            .createCache(
                "c",
                new RedisCacheConfiguration<String, Long>().setTypes(String.class, Long.class));
    System.out.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String[] order = orders.readLine().split(" ");
    Seen seen = new Seen();
    if (order[0].equals("watch")) {
      watch(cache, seen);
    } else {
      listen(cache, seen);
    }
    seen.write(Path.of(order[1]));
    System.out.println("done");
    System.exit(0);
  }

  private static void watch(Cache<String, Long> cache, Seen seen) {
    cache.get("k");
    System.out.println("watching");
    long last = 0;
    while (last < LatencyIT.PUTS) {
      Long version = cache.get("k");
      if (version != null && version != last) {
        last = version;
        seen.note(version);
      }
    }
  }

  private static void listen(Cache<String, Long> cache, Seen seen) {
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(() -> seen, null, false, true));
    System.out.println("watching");
    while (!seen.isComplete()) {
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }

  /** When which version was there. */
  private static final class Seen
      implements CacheEntryCreatedListener<String, Long>, CacheEntryUpdatedListener<String, Long> {
    private final long[] at = new long[LatencyIT.PUTS + 1];
    private volatile boolean complete;

    void note(long version) {
      at[(int) version] = System.nanoTime();
      complete = version == LatencyIT.PUTS;
    }

    boolean isComplete() {
      return complete;
    }

    void write(Path file) throws IOException {
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        for (long each : at) {
          out.println(each);
        }
      }
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Long>> events) {
      events.forEach(event -> note(event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Long>> events) {
      events.forEach(event -> note(event.getValue()));
    }
  }
}
