// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.jcacheredis.RedisCachingProvider;

/**
 * Another JVM with the read-through cache "c". Told "get N", so many threads ask for "k"; its
 * loader prints "loading" and holds on until it is told "finish".
 */
final class LoadingJvm {
  private static final CountDownLatch FINISH = new CountDownLatch(1);

  private LoadingJvm() {}

  /**
   * @param arguments the server's URI, then properties as {@code name=value}
   */
  public static void main(String[] arguments) throws IOException {
    Properties properties = new Properties();
    for (int i = 1; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      properties.setProperty(setting[0], setting[1]);
    }
    CacheManager manager =
        new RedisCachingProvider()
            .getCacheManager(
                URI.create(arguments[0]), LoadingJvm.class.getClassLoader(), properties);
    Cache<String, String> cache =
        manager.createCache(
            "c",
            Space.types(String.class, String.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(SlowSource::new));
    cache.containsKey("connects");
    System.out.println("ready");
    obey(cache);
  }

  private static void obey(Cache<String, String> cache) throws IOException {
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals("finish")) {
        FINISH.countDown();
      } else {
        int threads = Integer.parseInt(order.substring("get ".length()));
        for (int i = 0; i < threads; i++) {
          Thread thread = new Thread(() -> System.out.println("got " + cache.get("k")));
          thread.setDaemon(true);
          thread.start();
        }
      }
    }
  }

  private static final class SlowSource implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      System.out.println("loading");
      try {
        FINISH.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "loaded";
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      throw new UnsupportedOperationException();
    }
  }
}
