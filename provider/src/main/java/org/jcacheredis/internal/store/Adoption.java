// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.List;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * Sees to the shadows of entries that were stored by who did not know that they are wanted: before
 * anybody listened, or before it was heard of. Thread-safe.
 */
final class Adoption {
  /** How much longer a shadow lives than its entry: as in heard.lua. */
  private static final long GRACE = 10_000;

  /**
   * Entry and shadow are asked for one after the other: closer than so they may belong together.
   */
  private static final long TOLERANCE = 100;

  private final Redis redis;
  private final HashNames names;
  private final EntryChanges changes;

  /** An entry that ends so many milliseconds from now. */
  record Ending(EntryKey key, long left) {}

  Adoption(Redis redis, HashNames names, EntryChanges changes) {
    this.redis = redis;
    this.names = names;
    this.changes = changes;
  }

  /** Makes the shadows that are missing or belong to another entry; mostly all are there. */
  void adopt(List<Ending> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<Reply> shadows =
        redis.callAll(
            entries.stream()
                .map(each -> Command.of(Verb.PTTL).key(names.shadow(each.key)))
                .toList());
    List<EntryKey> orphans =
        IntStream.range(0, entries.size())
            .filter(i -> !belongs(entries.get(i), shadows.get(i).integer()))
            .mapToObj(i -> entries.get(i).key)
            .toList();
    if (!orphans.isEmpty()) {
      changes.adoptAll(orphans);
    }
  }

  private static boolean belongs(Ending entry, long shadow) {
    return Math.abs(shadow - GRACE - entry.left) <= TOLERANCE;
  }
}
