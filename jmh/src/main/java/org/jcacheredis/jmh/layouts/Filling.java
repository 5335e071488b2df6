// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills caches on servers that have nothing else. */
final class Filling {
  private static final String CACHE = "big";
  private static final String WARM = "warm";

  private final LayoutOptions options;

  Filling(LayoutOptions options) {
    this.options = options;
  }

  Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    String version = "";
    for (int count : options.entriesOr(100_000, 1_000_000)) {
      for (Arrangement arrangement : options.arrangements()) {
        Map<String, Object> row = Table.row("layout", arrangement.toString());
        row.put("entries", count);
        for (Caches.Life life : Caches.Life.values()) {
          try (OwnServer server = OwnServer.with(0)) {
            version = server.version();
            row.put(
                life == Caches.Life.HOUR ? "B an entry, with a lifetime" : "without",
                bytes(server, arrangement, new Caches.Entries(options.size(), life), count));
          }
        }
        rows.add(row);
      }
    }
    return new Table(
        "Memory of an entry, key of 20 bytes, value of %d characters, %s"
            .formatted(options.size(), version),
        rows);
  }

  private static double bytes(
      OwnServer server, Arrangement arrangement, Caches.Entries entries, int count) {
    // what the server keeps of scripts and of its first client does not count
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      caches.filled(WARM, 1);
      caches.destroy(WARM);
    }
    long before = server.settledMemory();
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      caches.filled(CACHE, count);
    }
    return (double) (server.settledMemory() - before) / count;
  }
}
