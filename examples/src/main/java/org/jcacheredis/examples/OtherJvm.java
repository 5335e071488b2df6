// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import javax.cache.CacheManager;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;

/**
 * JVM B of {@link TwoJvms}: does what its input says, line by line, until the input ends. It has
 * neither listeners nor a local tier, and knows nothing of those that have.
 */
final class OtherJvm {
  /** Printed, with the number of the line, when what a line asks for is done. */
  static final String DONE = "done ";

  private OtherJvm() {}

  /** The one argument is the address of the server. */
  @SuppressWarnings("unchecked") // a class literal cannot say of what type
  public static void main(String[] args) throws IOException {
    try (CacheManager manager = TwoJvms.manager(URI.create(args[0]));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      var types =
          new RedisCacheConfiguration<String, Integer>().setTypes(String.class, Integer.class);
      RedisCache<String, Integer> stock =
          manager.createCache(TwoJvms.CACHE, types).unwrap(RedisCache.class);
      int number = 0;
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        act(stock, line.split(" ", -1));
        System.out.println(DONE + ++number);
      }
    }
  }

  /** {@code put KEY VALUE}, {@code put KEY VALUE MILLISECONDS} or {@code remove KEY}. */
  private static void act(RedisCache<String, Integer> stock, String[] words) {
    if (words[0].equals("remove")) {
      stock.remove(words[1]);
    } else if (words.length == 3) {
      stock.put(words[1], Integer.valueOf(words[2]));
    } else {
      stock.put(words[1], Integer.valueOf(words[2]), Duration.ofMillis(Long.parseLong(words[3])));
    }
  }
}
