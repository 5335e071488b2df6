// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache. Each call on one key is atomic against every other client; an entry
 * whose lifetime is over is absent. Thread-safe. Round trips: one, unless said otherwise.
 */
public interface EntryStore {
  /**
   * The bytes of an entry; {@code access} is its lifetime from now on, as in {@code Lifetimes}, but
   * not zero: an entry that ends by being read is a change.
   */
  byte @Nullable [] read(EntryKey key, long access);

  /** The bytes of many entries, in the order of the keys; null where there is none. */
  List<byte @Nullable []> readAll(List<EntryKey> keys, long access);

  /** The bytes of an entry with the time that it has left, both of the same moment. */
  TimedValue readTimed(EntryKey key);

  /**
   * Bytes and times of many entries, in the order of the keys. Each time is of a moment after that
   * of the bytes, when the entry may have been another one.
   */
  List<TimedValue> readAllTimed(List<EntryKey> keys);

  boolean contains(EntryKey key);

  /** Those of the keys that have an entry. */
  Set<EntryKey> present(List<EntryKey> keys);

  /** The time an entry has left, in milliseconds or {@code Lifetimes.ETERNAL}; null if absent. */
  @Nullable Long remaining(EntryKey key);

  /** As {@link #remaining}, for many; an entry that is due ends by being asked for. */
  List<@Nullable Long> remainingAll(List<EntryKey> keys);

  /**
   * As {@link #remainingAll}, for who wants to hear of the ends. Where the server does not tell of
   * them, those that have a lifetime of {@code longest} milliseconds or less can be claimed then,
   * whoever stored them. Up to three round trips.
   */
  List<@Nullable Long> remainingToClaim(List<EntryKey> keys, long longest);

  /**
   * Announces that entries have expired, each with the value that it had, unless somebody else has.
   * To be called by all who hear of it; where nobody listens, nothing is known. One pipeline.
   */
  List<Claim> claimAll(List<EntryKey> keys);

  Outcome apply(Change change);

  /**
   * Many changes in one pipeline, each atomic by itself; outcomes in the order of the changes. A
   * change that the server refuses is {@code FAILED} and does not keep the others from being done.
   */
  List<Outcome> applyAll(List<Change> changes);

  /** Runs a program on one entry. */
  Reply run(Program program, EntryKey key, List<byte[]> arguments);

  /**
   * A program on one entry.
   *
   * @param arguments what the program sees as {@code ARGV}
   */
  record Invocation(EntryKey key, List<byte[]> arguments) {
    /** About how many bytes go to the server. */
    public int size() {
      return key.size() + arguments.stream().mapToInt(argument -> argument.length).sum();
    }
  }

  /** One program on many entries, in one pipeline; a reply may be a refusal. */
  List<Reply> runAll(Program program, List<Invocation> invocations);

  /** The first page of keys, or the one after {@code page}; keys may come more than once. */
  Page scan(@Nullable Page page);

  /**
   * As {@link #scan}, with the values: one round trip, or two where the server gives them apart.
   * Entries that are gone meanwhile have none.
   */
  Filled scanFilled(@Nullable Page page);

  /** Discards all entries; one round trip or one a page, no command that holds up the server. */
  void clear();

  /** How many entries there are; one round trip, or one a page of a scan. */
  long size();

  /** How far a scan has come; each layout has its own. */
  interface Cursor {}

  /**
   * Keys found by one step of a scan.
   *
   * @param next where the scan goes on; null after the last page
   */
  record Page(@Nullable Cursor next, List<EntryKey> keys) {
    public boolean isLast() {
      return next == null;
    }
  }

  /**
   * A page with the bytes of its entries.
   *
   * @param values in the order of the page's keys
   */
  record Filled(Page page, List<byte @Nullable []> values) {}
}
