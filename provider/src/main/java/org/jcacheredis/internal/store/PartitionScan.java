// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.EntryStore.Filled;
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
    /** All that were under way before the page, and as many new ones as fit in. */
    static Progress after(@Nullable Page page, int partitions, int width) {
      Progress before =
          page != null && page.next() instanceof Progress own ? own : new Progress(List.of(), 0);
      List<Open> open = new ArrayList<>(before.open);
      int next = before.next;
      while (open.size() < width && next < partitions) {
        open.add(new Open(next++, END));
      }
      return new Progress(open, next);
    }
  }

  /** The first page, or the one after {@code page}; one round trip. */
  Page keys(@Nullable Page page) {
    List<EntryKey> keys = new ArrayList<>();
    Progress done =
        step(
            page,
            true,
            found -> found.forEach(field -> keys.add(new EntryKey(Objects.requireNonNull(field)))));
    return page(done, keys);
  }

  /** The same with the values; one round trip, too. */
  Filled filled(@Nullable Page page) {
    List<EntryKey> keys = new ArrayList<>();
    List<byte @Nullable []> values = new ArrayList<>();
    Progress done =
        step(
            page,
            false,
            found -> {
              for (int i = 0; i < found.size(); i += 2) {
                keys.add(new EntryKey(Objects.requireNonNull(found.get(i))));
                values.add(found.get(i + 1));
              }
            });
    return new Filled(page(done, keys), values);
  }

  private Page page(Progress done, List<EntryKey> keys) {
    boolean isOver = done.open.isEmpty() && done.next == names.partitions();
    return new Page(isOver ? null : done, keys);
  }

  private Progress step(
      @Nullable Page page, boolean keysAlone, Consumer<List<byte @Nullable []>> elements) {
    Progress now = Progress.after(page, names.partitions(), Math.max(1, scanSize / LEAST));
    int count = Math.max(LEAST, scanSize / now.open.size());
    List<Reply> replies =
        redis.callAll(now.open.stream().map(each -> scanning(each, count, keysAlone)).toList());
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      List<Reply> parts = replies.get(i).elements();
      elements.accept(parts.get(1).bulks());
      String cursor = parts.get(0).text();
      if (!cursor.equals(END)) {
        open.add(new Open(now.open.get(i).partition, cursor));
      }
    }
    return new Progress(open, now.next);
  }

  private Command scanning(Open open, int count, boolean keysAlone) {
    Command scan =
        Command.of(Verb.HSCAN)
            .key(names.name(open.partition))
            .with(open.cursor)
            .with("COUNT")
            .with(count);
    return keysAlone ? scan.with("NOVALUES") : scan;
  }
}
