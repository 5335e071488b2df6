// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A store whose changes are told to a watcher; a read that renews a lifetime is no change. Does
 * what the store does, and throws what it throws.
 */
public final class Watched implements EntryStore {
  private final EntryStore store;
  private final ChangeWatcher watcher;

  public Watched(EntryStore store, ChangeWatcher watcher) {
    this.store = store;
    this.watcher = watcher;
  }

  @Override
  public Outcome apply(Change change) {
    try {
      Outcome outcome = store.apply(change);
      watcher.changed(valued(List.of(change)));
      return outcome;
    } finally {
      watcher.unsettled(List.of(change.key()));
    }
  }

  @Override
  public List<Outcome> applyAll(List<Change> changes) {
    try {
      List<Outcome> outcomes = store.applyAll(changes);
      watcher.changed(valued(changes));
      return outcomes;
    } finally {
      watcher.unsettled(changes.stream().map(Change::key).toList());
    }
  }

  /** The keys of changes that are not of a lifetime alone. */
  private static Collection<EntryKey> valued(List<Change> changes) {
    return changes.stream().filter(change -> !change.isTouch()).map(Change::key).toList();
  }

  @Override
  public Reply run(Program program, EntryKey key, List<byte[]> arguments) {
    List<EntryKey> keys = List.of(key);
    try {
      Reply reply = store.run(program, key, arguments);
      watcher.changed(keys);
      return reply;
    } finally {
      watcher.unsettled(keys);
    }
  }

  @Override
  public List<Reply> runAll(Program program, List<Invocation> invocations) {
    List<EntryKey> keys = invocations.stream().map(Invocation::key).toList();
    try {
      List<Reply> replies = store.runAll(program, invocations);
      watcher.changed(keys);
      return replies;
    } finally {
      watcher.unsettled(keys);
    }
  }

  @Override
  public void clear() {
    try {
      store.clear();
      watcher.cleared();
    } finally {
      watcher.unsettledAll();
    }
  }

  @Override
  public byte @Nullable [] read(EntryKey key, long access) {
    return store.read(key, access);
  }

  @Override
  public List<byte @Nullable []> readAll(List<EntryKey> keys, long access) {
    return store.readAll(keys, access);
  }

  @Override
  public TimedValue readTimed(EntryKey key) {
    return store.readTimed(key);
  }

  @Override
  public List<TimedValue> readAllTimed(List<EntryKey> keys) {
    return store.readAllTimed(keys);
  }

  @Override
  public boolean contains(EntryKey key) {
    return store.contains(key);
  }

  @Override
  public Set<EntryKey> present(List<EntryKey> keys) {
    return store.present(keys);
  }

  @Override
  public @Nullable Long remaining(EntryKey key) {
    return store.remaining(key);
  }

  @Override
  public List<@Nullable Long> remainingAll(List<EntryKey> keys) {
    return store.remainingAll(keys);
  }

  @Override
  public List<@Nullable Long> remainingToClaim(List<EntryKey> keys, long longest) {
    return store.remainingToClaim(keys, longest);
  }

  @Override
  public List<Claim> claimAll(List<EntryKey> keys) {
    return store.claimAll(keys);
  }

  @Override
  public Page scan(@Nullable Page page) {
    return store.scan(page);
  }

  @Override
  public Filled scanFilled(@Nullable Page page) {
    return store.scanFilled(page);
  }

  @Override
  public long size() {
    return store.size();
  }
}
