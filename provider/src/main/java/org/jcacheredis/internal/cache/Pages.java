// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private @Nullable FutureTask<EntryStore.Filled> ahead;
  private boolean isTried;

  /** An entry as it was when its page was read. */
  record Read(EntryKey key, byte[] bytes) {}

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
    FutureTask<EntryStore.Filled> task = new FutureTask<>(this::fetch);
    try {
      threads.execute(task);
      ahead = task;
    } catch (RejectedExecutionException e) {
      // no thread: it is fetched when it is needed
    }
  }

  /**
   * The next page, without what earlier ones had; what failed while it was fetched ahead fails
   * here, and can be tried again.
   */
  List<Read> next() {
    FutureTask<EntryStore.Filled> task = ahead;
    ahead = null;
    isTried = false;
    EntryStore.Filled filled = task == null ? fetch() : result(task);
    last = filled.page();
    return fresh(filled);
  }

  private List<Read> fresh(EntryStore.Filled filled) {
    List<EntryKey> keys = filled.page().keys();
    List<Read> fresh = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      byte[] bytes = filled.values().get(i);
      if (known.add(keys.get(i)) && bytes != null) {
        fresh.add(new Read(keys.get(i), bytes));
      }
    }
    return fresh;
  }

  private EntryStore.Filled fetch() {
    openCheck.run();
    return store.scanFilled(last);
  }

  /** Not interruptible, as no command to the server is; a task that no thread began runs here. */
  private static EntryStore.Filled result(FutureTask<EntryStore.Filled> task) {
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
