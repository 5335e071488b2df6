// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * One lock a key, for this JVM alone: it keeps threads from repeating each other's work and gives
 * events their order. Correctness between JVMs never rests on it. Reentrant; every wait has a
 * deadline.
 */
final class KeyLocks {
  private static final int TURNS_IN_A_WAIT = 10;

  private final ConcurrentHashMap<EntryKey, Lock> locks = new ConcurrentHashMap<>();
  private final String cache;
  private final Duration longestWait;

  KeyLocks(String cache, Duration longestWait) {
    this.cache = cache;
    this.longestWait = longestWait;
  }

  /** Lives while somebody holds it or waits for it. */
  private static final class Lock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    private int users;
  }

  /** One or more locks held; closing gives them back. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Locks one key.
   *
   * @throws CacheException if another thread does not let go of it in time
   */
  Hold hold(EntryKey key) {
    acquire(key, System.nanoTime() + longestWait.toNanos());
    return () -> release(key);
  }

  /** Whether a thread of this JVM works on the key just now. */
  boolean isHeld(EntryKey key) {
    return locks.containsKey(key);
  }

  /** Whether no thread of this JVM works on any key just now. */
  boolean isIdle() {
    return locks.isEmpty();
  }

  /** Whether this thread works on some key: it must not wait for what waits for that key. */
  boolean isHeldByThisThread() {
    return locks.values().stream().anyMatch(ReentrantLock::isHeldByCurrentThread);
  }

  /** Locks many keys, in one order for all threads; the deadline is one for all. */
  Hold holdAll(Collection<EntryKey> keys) {
    return holdAll(keys, System.nanoTime() + longestWait.toNanos());
  }

  private Hold holdAll(Collection<EntryKey> keys, long deadline) {
    Deque<EntryKey> held = new ArrayDeque<>(keys.size());
    Hold all = () -> held.forEach(this::release);
    try {
      for (EntryKey key : new TreeSet<>(keys)) {
        acquire(key, deadline);
        held.push(key);
      }
      return all;
    } catch (CacheException e) {
      all.close();
      throw e;
    }
  }

  /** How long many keys may be held at once: not so long that others give up waiting for one. */
  Duration turn() {
    return longestWait.dividedBy(TURNS_IN_A_WAIT);
  }

  /** As {@link #holdAll}, but null if that takes longer than a turn. */
  @Nullable Hold tryHoldAll(Collection<EntryKey> keys) {
    try {
      return holdAll(keys, System.nanoTime() + turn().toNanos());
    } catch (CacheException e) {
      return null;
    }
  }

  private void acquire(EntryKey key, long deadline) {
    Lock lock = locks.compute(key, (k, present) -> used(present == null ? new Lock() : present));
    boolean mine = false;
    boolean interrupted = false;
    try {
      mine = lock.tryLock() || lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
      Thread.currentThread().interrupt();
    } finally {
      if (!mine) {
        leave(key);
      }
    }
    if (!mine) {
      throw new CacheException(interrupted ? interrupted(key) : timeout(key));
    }
  }

  private String interrupted(EntryKey key) {
    return "cache '%s': interrupted while another thread works on key '%s'; nothing was changed"
        .formatted(cache, key);
  }

  private String timeout(EntryKey key) {
    return ("cache '%s': another thread works on key '%s' for more than %d ms; nothing was changed."
            + " Raise operation-timeout if its loader, writer, listener or processor may take so long")
        .formatted(cache, key, longestWait.toMillis());
  }

  private void release(EntryKey key) {
    Lock lock = locks.get(key);
    if (lock != null) {
      lock.unlock();
      leave(key);
    }
  }

  private void leave(EntryKey key) {
    locks.computeIfPresent(key, (k, lock) -> --lock.users == 0 ? null : lock);
  }

  private static Lock used(Lock lock) {
    lock.users++;
    return lock;
  }
}
