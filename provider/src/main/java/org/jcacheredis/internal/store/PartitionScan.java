// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.EntryStore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the fields of all partitions, several partitions in one pipeline: a small cache in
 * many partitions takes one round trip. Thread-safe.
 */
final class PartitionScan {
  private static final String END = "0";

  /** The least that is asked of a partition at a time: what the server does unasked. */
  private static final int LEAST = 10;

  private final Redis redis;
  private final HashNames names;
  private final int scanSize;

  /**
   * Nothing is begun.
   *
   * @param scanSize about how many fields a step looks at
   */
  PartitionScan(Redis redis, HashNames names, int scanSize) {
    this.redis = redis;
    this.names = names;
    this.scanSize = scanSize;
  }

  /** A partition that is not finished. */
  private record Open(int partition, String cursor) {}

  /**
   * How far all have come.
   *
   * @param open the partitions under way
   * @param next the first partition that was not begun
   */
  private record Progress(List<Open> open, int next) implements EntryStore.Cursor {
    static final Progress START = new Progress(List.of(), 0);
  }

  /** The first page, or the one after {@code page}; one round trip. */
  Page step(@Nullable Page page) {
    Progress before =
        page != null && page.next() instanceof Progress progress ? progress : Progress.START;
    List<Open> open = new ArrayList<>(before.open);
    int next = before.next;
    int width = Math.max(1, scanSize / LEAST);
    while (open.size() < width && next < names.partitions()) {
      open.add(new Open(next++, END));
    }
    int count = Math.max(LEAST, scanSize / open.size());
    return page(
        open, next, redis.callAll(open.stream().map(each -> scanning(each, count)).toList()));
  }

  private Command scanning(Open open, int count) {
    return Command.of(Verb.HSCAN)
        .key(names.name(open.partition))
        .with(open.cursor)
        .with("COUNT")
        .with(count)
        .with("NOVALUES");
  }

  private Page page(List<Open> asked, int next, List<Reply> replies) {
    List<Open> open = new ArrayList<>();
    List<EntryKey> keys = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      List<Reply> parts = replies.get(i).elements();
      parts.get(1).bulks().forEach(field -> keys.add(new EntryKey(field)));
      String cursor = parts.get(0).text();
      if (!cursor.equals(END)) {
        open.add(new Open(asked.get(i).partition, cursor));
      }
    }
    boolean isOver = open.isEmpty() && next == names.partitions();
    return new Page(isOver ? null : new Progress(open, next), keys);
  }
}
