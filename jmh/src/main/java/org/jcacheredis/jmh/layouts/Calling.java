// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import javax.cache.Cache;
import org.jcacheredis.RedisCache;

/**
 * Single calls of many threads. All arrangements are open in one JVM, on one server, and take turns
 * in short blocks, so that a machine that others use, too, hits all alike.
 */
final class Calling {
  private static final int[] THREADS = {1, 16, 64};
  private static final int BLOCKS_A_ROUND = 8;
  private static final int WARM_UP = 4;
  private static final Duration BLOCK = Duration.ofMillis(250);
  private static final String VALUE = "w".repeat(100);

  private final LayoutOptions options;

  private enum Call {
    GET("get", Caches.Life.ETERNAL, (cache, key) -> cache.get(key)),
    PUT("put", Caches.Life.ETERNAL, (cache, key) -> cache.put(key, VALUE)),
    PUT_WITH_TTL("putWithTtl", Caches.Life.HOUR, (cache, key) -> cache.put(key, VALUE));

    private final String label;
    private final Caches.Life life;
    private final BiConsumer<Cache<String, String>, String> action;

    Call(String label, Caches.Life life, BiConsumer<Cache<String, String>, String> action) {
      this.label = label;
      this.life = life;
      this.action = action;
    }
  }

  Calling(LayoutOptions options) {
    this.options = options;
  }

  Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (OwnServer server = OwnServer.with(0)) {
      for (int count : options.entriesOr(10_000)) {
        for (Call call : Call.values()) {
          for (int threads : THREADS) {
            rows.add(row(server, call, threads, count));
          }
        }
      }
      return new Table(
          "Calls over existing entries, %s, medians of %d blocks of %d ms, quartiles in brackets"
              .formatted(server.version(), blocks(), BLOCK.toMillis()),
          rows);
    }
  }

  private int blocks() {
    return options.rounds() * BLOCKS_A_ROUND;
  }

  private Map<String, Object> row(OwnServer server, Call call, int threads, int count) {
    Map<Arrangement, Caches> managers = new LinkedHashMap<>();
    Map<Arrangement, double[]> speeds = new LinkedHashMap<>();
    try (Workers workers = new Workers(threads)) {
      List<Runnable> contenders = new ArrayList<>();
      for (Arrangement arrangement : options.arrangements()) {
        Caches caches =
            new Caches(server.uri(), arrangement, new Caches.Entries(options.size(), call.life));
        managers.put(arrangement, caches);
        RedisCache<String, String> cache = caches.filled(name(arrangement), count);
        contenders.add(() -> call.action.accept(cache, anyKey(count)));
        speeds.put(arrangement, new double[blocks()]);
      }
      contenders.forEach(contender -> workers.callsASecond(BLOCK.multipliedBy(WARM_UP), contender));
      for (int block = 0; block < blocks(); block++) {
        takeTurns(workers, contenders, List.copyOf(speeds.values()), block);
      }
    } finally {
      managers.forEach((arrangement, caches) -> end(caches, name(arrangement)));
    }
    return row(call, threads, speeds);
  }

  /** One block each; another one begins each time. */
  private static void takeTurns(
      Workers workers, List<Runnable> contenders, List<double[]> speeds, int block) {
    for (int turn = 0; turn < contenders.size(); turn++) {
      int next = (turn + block) % contenders.size();
      speeds.get(next)[block] = workers.callsASecond(BLOCK, contenders.get(next));
    }
  }

  private static Map<String, Object> row(
      Call call, int threads, Map<Arrangement, double[]> speeds) {
    Map<String, Object> row = Table.row("call", call.label);
    row.put("threads", threads);
    Map.Entry<Arrangement, double[]> first = speeds.entrySet().iterator().next();
    speeds.forEach(
        (arrangement, measured) -> {
          row.put(arrangement + " calls/s", Quartiles.of(measured).middle());
          if (!arrangement.equals(first.getKey())) {
            row.put(
                arrangement + " / " + first.getKey(),
                Quartiles.ofRatios(measured, first.getValue()).toString());
          }
        });
    return row;
  }

  private static void end(Caches caches, String name) {
    try (caches) {
      caches.destroy(name);
    }
  }

  private static String name(Arrangement arrangement) {
    return "calls-" + arrangement;
  }

  private static String anyKey(int count) {
    return Caches.Entries.key(ThreadLocalRandom.current().nextInt(count));
  }
}
