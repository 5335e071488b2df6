// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** What each of the two JVMs does: the jobs of {@link TwoJvmIT}, on a line of standard input. */
final class TwoJvmWorker {

  static final int THREADS = 4;
  static final int ROUNDS = 500;
  static final int RACES = 200;

  private TwoJvmWorker() {}

  /** Says READY, waits for a line, does the job that it names and says what came of it. */
  public static void main(String[] arguments) throws Exception {
    String namespace = arguments[0];
    try (CacheManager manager = RedisBackend.open(java.net.URI.create(arguments[1]), namespace)) {
      Cache<Object, Object> cache = openCache(manager);
      System.out.println("READY");
      String job = new java.util.Scanner(System.in, "UTF-8").nextLine();
      System.out.println("DONE " + run(job, cache, arguments[2]));
      manager.getCachingProvider().close();
    }
    System.exit(0);
  }

  static Cache<Object, Object> openCache(CacheManager manager) {
    return manager.createCache("two-jvms", new MutableConfiguration<Object, Object>());
  }

  /** Runs a job and gives its result as text. */
  static String run(String job, Cache<Object, Object> cache, String me) throws Exception {
    return switch (job) {
      case "invoke" -> String.valueOf(inThreads(cache, TwoJvmWorker::incrementByInvoke));
      case "replace" -> String.valueOf(inThreads(cache, TwoJvmWorker::incrementByReplace));
      case "lead" -> String.join(",", lead(cache, me));
      case "put-keys" -> putKeys(cache);
      default -> throw new IllegalArgumentException("unknown job " + job);
    };
  }

  private static int inThreads(
      Cache<Object, Object> cache, BiConsumer<Cache<Object, Object>, Integer> work)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        parts.add(threads.submit(() -> work.accept(cache, ROUNDS)));
      }
      for (Future<?> part : parts) {
        part.get(100, TimeUnit.SECONDS);
      }
      return parts.size() * ROUNDS;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void incrementByInvoke(Cache<Object, Object> cache, int rounds) {
    for (int i = 0; i < rounds; i++) {
      cache.<Object>invoke(
          "invoked",
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? (Integer) entry.getValue() + 1 : 1);
            return null;
          });
    }
  }

  private static void incrementByReplace(Cache<Object, Object> cache, int rounds) {
    cache.putIfAbsent("replaced", 0);
    for (int i = 0; i < rounds; i++) {
      Integer seen;
      do {
        seen = (Integer) cache.get("replaced");
      } while (!cache.replace("replaced", seen, seen + 1));
    }
  }

  private static List<String> lead(Cache<Object, Object> cache, String me) {
    List<String> led = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      if (cache.putIfAbsent("leader-" + i, me)) {
        led.add(String.valueOf(i));
      }
    }
    return led;
  }

  private static String putKeys(Cache<Object, Object> cache) {
    Map<String, Object> keys = TwoJvmKeys.ofEachKind();
    keys.forEach((kind, key) -> cache.put(key, kind));
    return String.valueOf(keys.size());
  }
}
