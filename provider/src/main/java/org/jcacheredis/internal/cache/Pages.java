// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.EntryStore;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a scan with their values. The next one can be fetched ahead, in another thread,
 * while this one is looked at; never more than one. Used by one thread at a time: what is fetched
 * ahead is taken over before anything changes.
 */
final class Pages {
  private final EntryStore store;
  private final Executor threads;
  private final Runnable openCheck;
  private final Set<EntryKey> known = new HashSet<>();
  private EntryStore.@Nullable Page last;
  private @Nullable FutureTask<Fetched> ahead;
  private boolean isTried;

  /**
   * Entries that no earlier page had; null where the value is gone.
   *
   * @param page where the scan goes on
   */
  record Fetched(EntryStore.Page page, Map<EntryKey, byte @Nullable []> entries) {}

  /**
   * The pages of a store from the first on.
   *
   * @param threads where pages are fetched ahead; may refuse
   * @param openCheck throws when nobody is to read any more
   */
  Pages(EntryStore store, Executor threads, Runnable openCheck) {
    this.store = store;
    this.threads = threads;
    this.openCheck = openCheck;
  }

  boolean hasNext() {
    return last == null || !last.isLast();
  }

  /** Begins to fetch the next page, if there is one and a thread has time. */
  void fetchAhead() {
    if (isTried || !hasNext()) {
      return;
    }
    isTried = true;
    FutureTask<Fetched> task = new FutureTask<>(this::fetch);
    try {
      threads.execute(task);
      ahead = task;
    } catch (RejectedExecutionException e) {
      // no thread: it is fetched when it is needed
    }
  }

  /** The next page; what failed while it was fetched ahead fails here, and can be tried again. */
  Fetched next() {
    FutureTask<Fetched> task = ahead;
    ahead = null;
    isTried = false;
    Fetched fetched = task == null ? fetch() : result(task);
    last = fetched.page;
    known.addAll(fetched.entries.keySet());
    return fetched;
  }

  private Fetched fetch() {
    openCheck.run();
    EntryStore.Filled filled = store.scanFilled(last);
    List<EntryKey> all = filled.page().keys();
    Map<EntryKey, byte @Nullable []> fresh = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      if (!known.contains(all.get(i))) {
        fresh.put(all.get(i), filled.values().get(i));
      }
    }
    return new Fetched(filled.page(), fresh);
  }

  /** Not interruptible, as no command to the server is; a task that no thread began runs here. */
  private static Fetched result(FutureTask<Fetched> task) {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }
}
