// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/**
 * One load a key at a time in this JVM: whoever asks for a key that is being loaded waits for that
 * load. A load inside a load never waits for another, nor does a thread that holds what a load may
 * need to end, so loads cannot deadlock. Waits end at the deadline; then the caller loads by
 * itself. Thread-safe.
 *
 * @param <T> what a load yields
 */
public final class LoadFlights<T> {
  private static final int STRIPES = 256;
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private final ConcurrentHashMap<EntryKey, CompletableFuture<@Nullable T>> flights =
      new ConcurrentHashMap<>();
  private final AtomicIntegerArray landings = new AtomicIntegerArray(STRIPES);
  private final Duration longestWait;
  private final BooleanSupplier holdsLocks;

  /**
   * No flight yet.
   *
   * @param longestWait the longest that a thread waits for the load of another
   * @param holdsLocks whether this thread holds a lock that a load may wait for
   */
  public LoadFlights(Duration longestWait, BooleanSupplier holdsLocks) {
    this.longestWait = longestWait;
    this.holdsLocks = holdsLocks;
  }

  /** Whether this thread may wait for the loads of others; if not, it loads by itself. */
  public boolean mayWait() {
    return DEPTH.get() == 0 && !holdsLocks.getAsBoolean();
  }

  /**
   * Moves on whenever a load of this key has ended. Who notes it before reading the store knows
   * later whether a miss may be older than a load.
   */
  public int landings(EntryKey key) {
    return landings.get(stripe(key));
  }

  private static int stripe(EntryKey key) {
    return (key.hashCode() & Integer.MAX_VALUE) % STRIPES;
  }

  /** The result of {@code load}, run here or by the thread that is at it already. */
  public @Nullable T fly(EntryKey key, Supplier<@Nullable T> load) {
    if (!mayWait()) {
      return nested(load);
    }
    CompletableFuture<@Nullable T> mine = new CompletableFuture<>();
    CompletableFuture<@Nullable T> other = flights.putIfAbsent(key, mine);
    return other == null ? lead(key, mine, load) : join(other, load);
  }

  /** The results of many loads: of one call for the keys that nobody loads yet, and of the rest. */
  public Map<EntryKey, T> flyAll(
      Collection<EntryKey> keys, Function<Collection<EntryKey>, Map<EntryKey, T>> load) {
    if (!mayWait()) {
      return nested(() -> load.apply(keys));
    }
    Map<EntryKey, CompletableFuture<@Nullable T>> mine = new LinkedHashMap<>();
    Map<EntryKey, CompletableFuture<@Nullable T>> others = new LinkedHashMap<>();
    for (EntryKey key : keys) {
      CompletableFuture<@Nullable T> flight = new CompletableFuture<>();
      CompletableFuture<@Nullable T> other = flights.putIfAbsent(key, flight);
      (other == null ? mine : others).put(key, other == null ? flight : other);
    }
    Map<EntryKey, T> results = new LinkedHashMap<>(leadAll(mine, load));
    // its own flights have ended: nobody who is waited for can wait for this thread
    long deadline = System.nanoTime() + longestWait.toNanos();
    List<EntryKey> late = new ArrayList<>();
    others.forEach(
        (key, flight) -> {
          if (!hasEnded(flight, deadline)) {
            late.add(key);
            return;
          }
          T joined = result(flight);
          if (joined != null) {
            results.put(key, joined);
          }
        });
    if (!late.isEmpty()) {
      results.putAll(nested(() -> load.apply(late)));
    }
    return results;
  }

  private Map<EntryKey, T> leadAll(
      Map<EntryKey, CompletableFuture<@Nullable T>> mine,
      Function<Collection<EntryKey>, Map<EntryKey, T>> load) {
    if (mine.isEmpty()) {
      return Map.of();
    }
    try {
      Map<EntryKey, T> loaded = nested(() -> load.apply(mine.keySet()));
      mine.forEach((key, flight) -> flight.complete(loaded.get(key)));
      return loaded;
    } catch (Throwable e) {
      mine.values().forEach(flight -> flight.completeExceptionally(e));
      throw e;
    } finally {
      mine.forEach(this::land);
    }
  }

  private void land(EntryKey key, CompletableFuture<@Nullable T> flight) {
    landings.incrementAndGet(stripe(key));
    flights.remove(key, flight);
  }

  private @Nullable T lead(
      EntryKey key, CompletableFuture<@Nullable T> flight, Supplier<@Nullable T> load) {
    try {
      T loaded = nested(load);
      flight.complete(loaded);
      return loaded;
    } catch (Throwable e) {
      flight.completeExceptionally(e);
      throw e;
    } finally {
      land(key, flight);
    }
  }

  private @Nullable T join(CompletableFuture<@Nullable T> flight, Supplier<@Nullable T> load) {
    boolean hasEnded = hasEnded(flight, System.nanoTime() + longestWait.toNanos());
    return hasEnded ? result(flight) : nested(load);
  }

  /** Waits; false at the deadline, or if this thread is interrupted. */
  private static boolean hasEnded(CompletableFuture<?> flight, long deadline) {
    try {
      flight.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <R> @Nullable R result(CompletableFuture<@Nullable R> ended) {
    try {
      return ended.join();
    } catch (CompletionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static <R extends @Nullable Object> R nested(Supplier<R> load) {
    DEPTH.set(DEPTH.get() + 1);
    try {
      return load.get();
    } finally {
      if (DEPTH.get() == 1) {
        DEPTH.remove();
      } else {
        DEPTH.set(DEPTH.get() - 1);
      }
    }
  }
}
