// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Claim;
import org.jcacheredis.internal.store.EntryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the server announce the values of expired entries, unless another JVM was faster: as many in
 * one round trip as have come meanwhile. Thread-safe.
 */
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
  private static final int BATCH = 500;

  private final EntryStore store;
  private final Executor pool;
  private final Consumer<EntryKey> unknown;
  private final Consumer<EntryKey> overtaken;
  private final Consumer<EntryKey> unanswered;
  private final Queue<EntryKey> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isAtWork = new AtomicBoolean();

  /**
   * Nothing is claimed yet.
   *
   * @param unknown is told of entries whose values nobody knows
   * @param overtaken is told of entries that are there, again or still
   * @param unanswered is told of entries for which the server did not answer
   */
  Claims(
      EntryStore store,
      Executor pool,
      Consumer<EntryKey> unknown,
      Consumer<EntryKey> overtaken,
      Consumer<EntryKey> unanswered) {
    this.store = store;
    this.pool = pool;
    this.unknown = unknown;
    this.overtaken = overtaken;
    this.unanswered = unanswered;
  }

  /** An entry has expired; never waits. */
  void claim(EntryKey key) {
    waiting.add(key);
    start();
  }

  private void start() {
    if (!isAtWork.compareAndSet(false, true)) {
      return;
    }
    try {
      pool.execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }

  private void work() {
    try {
      for (List<EntryKey> batch = take(); !batch.isEmpty(); batch = take()) {
        claimAll(batch);
      }
    } finally {
      isAtWork.set(false);
    }
    if (!waiting.isEmpty()) {
      start();
    }
  }

  private List<EntryKey> take() {
    List<EntryKey> batch = new ArrayList<>();
    while (batch.size() < BATCH && waiting.peek() != null) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private void claimAll(List<EntryKey> batch) {
    try {
      List<Claim> claims = store.claimAll(batch);
      for (int i = 0; i < batch.size(); i++) {
        switch (claims.get(i)) {
          case UNKNOWN -> unknown.accept(batch.get(i));
          case OVERTAKEN -> overtaken.accept(batch.get(i));
          case CLAIMED, TOLD -> {}
        }
      }
    } catch (CacheException e) {
      LOG.debug("the values of expired entries were not asked for: {}", e.getMessage());
      batch.forEach(unanswered);
    }
  }
}
