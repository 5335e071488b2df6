// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import javax.cache.Cache;
import org.jcacheredis.RedisCache;

/** Counts caches and walks through them, among keys of others. */
final class Walking {
  private static final String CACHE = "big";

  private final LayoutOptions options;
  private final Caches.Entries entries;

  Walking(LayoutOptions options) {
    this.options = options;
    entries = new Caches.Entries(options.size(), Caches.Life.HOUR);
  }

  Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (OwnServer server = OwnServer.with(options.foreign())) {
      for (int count : options.entriesOr(100_000)) {
        for (Arrangement arrangement : options.arrangements()) {
          rows.add(row(server, arrangement, count));
        }
      }
      return new Table(
          "size() and a full iteration among %,d keys of others, %s, medians of %d"
              .formatted(options.foreign(), server.version(), options.rounds()),
          rows);
    }
  }

  private Map<String, Object> row(OwnServer server, Arrangement arrangement, int count) {
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      RedisCache<String, String> cache = caches.filled(CACHE, count);
      server.awaitFreed();
      Map<String, Object> row = Table.row("layout", arrangement.toString());
      row.put("entries", count);
      row.put("size(), ms", median(cache, count, RedisCache::size));
      row.put("iteration, ms", median(cache, count, Walking::walk));
      caches.destroy(CACHE);
      server.requireKeys(options.foreign());
      return row;
    }
  }

  private double median(
      RedisCache<String, String> cache, long count, ToLongFunction<RedisCache<?, ?>> call) {
    // the first round finds classes that are not loaded yet
    check(call.applyAsLong(cache), count);
    long[] nanos = new long[options.rounds()];
    for (int round = 0; round < nanos.length; round++) {
      nanos[round] = Timing.nanos(() -> check(call.applyAsLong(cache), count));
    }
    return Timing.median(nanos);
  }

  /** How many entries an iteration gives. */
  static long walk(Cache<?, ?> cache) {
    long count = 0;
    for (Cache.Entry<?, ?> entry : cache) {
      if (entry.getValue() != null) {
        count++;
      }
    }
    return count;
  }

  private static void check(long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException(
          "cache '" + CACHE + "' has " + expected + " entries; counted " + found);
    }
  }
}
