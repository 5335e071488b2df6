// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jcacheredis.RedisCache;

/** Many caches with few entries each, on servers that have nothing else. */
final class FewEntries {
  private static final int CACHES = 100;

  private final LayoutOptions options;
  private final Caches.Entries entries;

  FewEntries(LayoutOptions options) {
    this.options = options;
    entries = new Caches.Entries(options.size(), Caches.Life.HOUR);
  }

  Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    String version = "";
    for (int count : options.entriesOr(10, 1000)) {
      for (Arrangement arrangement : options.arrangements()) {
        try (OwnServer server = OwnServer.with(0)) {
          version = server.version();
          rows.add(row(server, arrangement, count));
        }
      }
    }
    return new Table(
        "Caches with few entries, %d on one server, values of %d characters, %s, medians"
            .formatted(CACHES, options.size(), version),
        rows);
  }

  private Map<String, Object> row(OwnServer server, Arrangement arrangement, int count) {
    Map<String, Object> row = Table.row("layout", arrangement.toString());
    row.put("entries", count);
    row.put("B a cache", bytes(server, arrangement, count));
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      List<RedisCache<String, String>> opened = new ArrayList<>();
      for (int i = 0; i < CACHES; i++) {
        opened.add(caches.open(name(i)));
      }
      row.put("size(), ms", median(opened, RedisCache::size));
      row.put("iteration, ms", median(opened, Walking::walk));
      row.put("clear(), ms", median(opened, RedisCache::clear));
    }
    return row;
  }

  private double bytes(OwnServer server, Arrangement arrangement, int count) {
    // what the server keeps of scripts and of its first client does not count
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      caches.filled(name(0), 1);
      caches.destroy(name(0));
    }
    long before = server.settledMemory();
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      for (int i = 0; i < CACHES; i++) {
        caches.filled(name(i), count);
      }
    }
    return (double) (server.settledMemory() - before) / CACHES;
  }

  private static double median(
      List<RedisCache<String, String>> caches, Consumer<RedisCache<String, String>> call) {
    return Timing.median(
        caches.stream().mapToLong(cache -> Timing.nanos(() -> call.accept(cache))).toArray());
  }

  private static String name(int index) {
    return "few-" + index;
  }
}
