// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jcacheredis.RedisCache;

/** Empties caches among keys of others. */
final class Clearing {
  private static final String CACHE = "big";

  private final LayoutOptions options;
  private final Caches.Entries entries;

  private enum Call {
    CLEAR("clear()", Cache::clear),
    REMOVE_ALL("removeAll()", Cache::removeAll);

    private final String label;
    private final Consumer<Cache<?, ?>> action;

    Call(String label, Consumer<Cache<?, ?>> action) {
      this.label = label;
      this.action = action;
    }
  }

  Clearing(LayoutOptions options) {
    this.options = options;
    entries = new Caches.Entries(options.size(), Caches.Life.HOUR);
  }

  Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (OwnServer server = OwnServer.with(options.foreign())) {
      for (int count : options.entriesOr(1_000_000)) {
        for (Call call : Call.values()) {
          for (int round = 1; round <= options.rounds(); round++) {
            for (Arrangement arrangement : options.arrangements()) {
              Watched watched = empty(server, arrangement, call, count);
              rows.add(row(arrangement, call, count, round, watched));
            }
          }
        }
      }
      return new Table(
          "Emptying a cache among %,d keys of others, %s"
              .formatted(options.foreign(), server.version()),
          rows);
    }
  }

  private Watched empty(OwnServer server, Arrangement arrangement, Call call, int count) {
    try (Caches caches = new Caches(server.uri(), arrangement, entries)) {
      RedisCache<String, String> cache = caches.filled(CACHE, count);
      server.awaitFreed();
      Watched watched = Watched.of(server, () -> call.action.accept(cache));
      if (cache.iterator().hasNext()) {
        throw new IllegalStateException("cache '" + CACHE + "' has entries after " + call.label);
      }
      caches.destroy(CACHE);
      server.requireKeys(options.foreign());
      return watched;
    }
  }

  private static Map<String, Object> row(
      Arrangement arrangement, Call call, int count, int round, Watched watched) {
    Map<String, Object> row = Table.row("call", call.label);
    row.put("layout", arrangement.toString());
    row.put("entries", count);
    row.put("round", round);
    row.put("ms", watched.millis());
    row.put("longest command, ms", watched.longestMillis());
    row.put("which", watched.longest());
    row.put("over 10 ms", watched.slow());
    row.put("longest PING of another client, ms", watched.pauseMillis());
    row.put("commands", watched.commands());
    return row;
  }
}
