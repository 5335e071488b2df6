// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.jcacheredis.jmh.Metric.P99;
import static org.jcacheredis.jmh.Metric.THROUGHPUT;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A ratio of ours to a rival's figure that the project aims at, for values of 100 B.
 *
 * @param call as {@link Cell#call()} names it
 * @param threads platform threads
 * @param bound the least where more is better, else the most
 */
record Target(Metric metric, String call, int threads, String rival, double bound) {
  private static final String MIX = "mix 90/10";
  private static final String KEYS = Contender.KEYS.label();
  private static final int SIZE = 100;

  private static final List<Target> ALL =
      Stream.of(
              mix("jedis", 0.95, 0.95, 1.0, 1.6, 1.4),
              mix("redisson", 1.4, 2.4, 2.6, 4, 4),
              mix("lettuce", 1.2, 1.2, 1.4, 1.7, 1.5),
              Stream.of(
                  new Target(THROUGHPUT, "getAll", 32, "jedis", 0.8),
                  new Target(THROUGHPUT, "putAll", 32, "jedis", 1 / 1.3),
                  new Target(THROUGHPUT, "invoke", 16, "redisson", 2.5),
                  new Target(THROUGHPUT, "invokeHot", 16, "redisson", 2),
                  new Target(P99, "get", 64, "jedis", 1)),
              Stream.of("get", "put", "putWithTtl").flatMap(Target::ofLayouts))
          .flatMap(targets -> targets)
          .toList();

  /** The aim for a table, such as <code> (&gt;= 1.60)</code>; empty where there is none. */
  static String text(Metric metric, Cell cell, String contender, String rival) {
    return ALL.stream()
        .filter(target -> contender.equals(target.ours()))
        .filter(target -> target.metric == metric && target.rival.equals(rival))
        .filter(target -> target.call.equals(cell.call()) && cell.size() == SIZE)
        .filter(target -> cell.workers().equals(Workers.platform(target.threads)))
        .map(target -> String.format(Locale.ROOT, " (%s %.2f)", target.sign(), target.bound))
        .findFirst()
        .orElse("");
  }

  private String ours() {
    return rival.equals(KEYS) ? Contender.HASH.label() : Contender.JCACHE_REDIS.label();
  }

  private static Stream<Target> ofLayouts(String call) {
    return Stream.of(1, 16, 64).map(threads -> new Target(THROUGHPUT, call, threads, KEYS, 0.9));
  }

  private String sign() {
    return metric == THROUGHPUT ? ">=" : "<=";
  }

  private static Stream<Target> mix(String rival, double... bounds) {
    int[] threads = {1, 8, 16, 64, 200};
    return IntStream.range(0, threads.length)
        .mapToObj(i -> new Target(THROUGHPUT, MIX, threads[i], rival, bounds[i]));
  }
}
