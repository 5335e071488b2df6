// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the ledgers of all JVMs say together: how long after a version was overwritten a JVM still
 * read it, and how long after its end an entry was read.
 *
 * @param fresh how many versions no JVM read after they were overwritten
 * @param stale of the others, how long after
 * @param overdue of entries read after their end, how long after
 */
record Staleness(int fresh, Spread stale, Spread overdue) {

  static Staleness of(List<List<Ledger.Note>> ledgers) {
    Map<Integer, NavigableMap<Long, Long>> writes = writes(ledgers);
    List<Long> stale = new ArrayList<>();
    List<Long> overdue = new ArrayList<>();
    int fresh = 0;
    for (List<Ledger.Note> notes : ledgers) {
      for (Ledger.Note note : notes) {
        if (note.kind() != Ledger.Kind.READ || !isCertain(writes, note)) {
          continue;
        }
        long late = lateness(writes.get(note.key()), note);
        if (late > 0) {
          stale.add(late);
        } else {
          fresh++;
        }
        noteOverdue(overdue, writes.get(note.key()).get(note.version()), note);
      }
    }
    return new Staleness(fresh, Spread.of(stale), Spread.of(overdue));
  }

  /** By key and version, when the write was complete. */
  static Map<Integer, NavigableMap<Long, Long>> writes(List<List<Ledger.Note>> ledgers) {
    Map<Integer, NavigableMap<Long, Long>> writes = new TreeMap<>();
    ledgers.stream()
        .flatMap(List::stream)
        .filter(note -> note.kind() == Ledger.Kind.WROTE)
        .forEach(
            note ->
                writes
                    .computeIfAbsent(note.key(), key -> new TreeMap<>())
                    .put(note.version(), note.nanos()));
    return writes;
  }

  /** A write of unknown fate may come about later than the one that follows it. */
  static boolean isCertain(Map<Integer, NavigableMap<Long, Long>> writes, Ledger.Note read) {
    Long completed = writes.getOrDefault(read.key(), new TreeMap<>()).get(read.version());
    return completed != null && completed != Ledger.UNKNOWN;
  }

  private static long lateness(NavigableMap<Long, Long> writes, Ledger.Note read) {
    return writes.tailMap(read.version(), false).values().stream()
        .filter(completed -> completed != Ledger.UNKNOWN)
        .findFirst()
        .map(completed -> read.nanos() - completed)
        .orElse(0L);
  }

  private static void noteOverdue(List<Long> overdue, long completed, Ledger.Note read) {
    long end = completed + TimeUnit.MILLISECONDS.toNanos(Game.LIFETIME_MILLIS);
    if (read.key() >= Game.KEYS && read.nanos() > end) {
      overdue.add(read.nanos() - end);
    }
  }
}
