// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys for which the loader has said null, remembered for a short time in a key space of their own:
 * no read, iteration or size ever sees them. As a watcher of the entries they end with each change:
 * one round trip more, paid only by caches that remember; a mark that cannot be removed fails no
 * change. Thread-safe.
 */
public final class Absences implements ChangeWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Absences.class);
  private static final byte[] MARK = {1};

  private final EntryStore store;
  private final Lifetimes lifetimes;
  private final Chunks chunks;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Absences kept in {@code store}, a key space of their own.
   *
   * @param ttl how long each is kept
   * @param chunks the bounds of one round trip
   */
  public Absences(EntryStore store, Duration ttl, Chunks chunks) {
    this.store = store;
    this.chunks = chunks;
    this.lifetimes = Lifetimes.of(Lifetimes.millis(ttl));
  }

  public boolean isKnown(EntryKey key) {
    return store.contains(key);
  }

  /** Those of the keys that are known to have no value. */
  public Set<EntryKey> known(List<EntryKey> keys) {
    Set<EntryKey> known = new HashSet<>();
    chunks.ofKeys(keys).forEach(chunk -> known.addAll(store.present(chunk)));
    return known;
  }

  /** Remembers that these keys have no value; one round trip for each chunk. */
  public void remember(Collection<EntryKey> keys) {
    apply(keys, Mutation.store(MARK));
  }

  /** Forgets, since the application has changed these entries; round trips as above. */
  @Override
  public void changed(Collection<EntryKey> keys) {
    try {
      apply(keys, Mutation.remove());
    } catch (RedisException e) {
      // the change is done; a mark that stays ends by itself
      String text = "a remembered absence was not forgotten, it ends after load.negative-ttl: {}";
      if (warned.compareAndSet(false, true)) {
        LOG.warn(text, e.getMessage());
      } else {
        LOG.debug(text, e.getMessage());
      }
    }
  }

  @Override
  public void cleared() {
    store.clear();
  }

  private void apply(Collection<EntryKey> keys, Mutation mutation) {
    List<Change> changes = keys.stream().map(key -> new Change(key, mutation, lifetimes)).toList();
    chunks.of(changes, Change::size).forEach(store::applyAll);
  }
}
