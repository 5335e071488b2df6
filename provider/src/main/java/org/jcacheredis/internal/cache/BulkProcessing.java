// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.processor.LuaEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * {@code invokeAll}: a chunk of keys is held in this JVM, its entries read in one round trip, the
 * processor run on each, all effects committed in another. What fails for one key fails for it
 * alone; a key that somebody else changed meanwhile goes through {@link EntryProcessing} by itself.
 * Whoever waits for one of the keys waits for a turn's length and for one processor at most.
 */
final class BulkProcessing<K, V> {
  private final CacheParts<K, V> parts;
  private final EntryProcessing<K, V> single;

  BulkProcessing(CacheParts<K, V> parts, EntryProcessing<K, V> single) {
    this.parts = parts;
    this.single = single;
  }

  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object[] arguments) {
    List<Target<K>> targets = Target.of(keys, parts.coding());
    ProcessorRun.Call<K, V, T> call = single.call(processor, arguments);
    ProcessorResults<K, T> results = new ProcessorResults<>();
    for (List<Target<K>> chunk : parts.chunks().of(targets, Target::size)) {
      inTurns(call, inServer(call, chunk, results), results);
    }
    return results.all();
  }

  /** Gives those back that have to run here. */
  private <T> List<Target<K>> inServer(
      ProcessorRun.Call<K, V, T> call, List<Target<K>> chunk, ProcessorResults<K, T> results) {
    if (call.processor() instanceof LuaEntryProcessor<K, V, T> lua && single.server().canRun(lua)) {
      return single.server().runAll(chunk, lua, call.arguments(), results);
    }
    return chunk;
  }

  /** Slow processors are given no more keys at a time than they have time for. */
  private <T> void inTurns(
      ProcessorRun.Call<K, V, T> call, List<Target<K>> targets, ProcessorResults<K, T> results) {
    int most = targets.size();
    int from = 0;
    while (from < targets.size()) {
      int to = Math.min(from + most, targets.size());
      Turn<T> turn = new Turn<>(results);
      targets.subList(from, to).forEach(target -> turn.runs.add(new ProcessorRun<>(call, target)));
      int done = turn.take();
      most = from + done < to ? done : 2 * done;
      from += done;
    }
  }

  /** A run whose effect is not in the store yet. */
  private record Pending<K, V, T>(ProcessorRun<K, V, T> run, Change change) {}

  /** Keys that are held, read and committed together. */
  private final class Turn<T> {
    private final ProcessorResults<K, T> results;
    private final List<ProcessorRun<K, V, T>> runs = new ArrayList<>();
    private final List<Pending<K, V, T>> pending = new ArrayList<>();
    private final List<ProcessorRun<K, V, T>> alone = new ArrayList<>();
    private @Nullable Error error;

    Turn(ProcessorResults<K, T> results) {
      this.results = results;
    }

    /** How many of the keys, from the first on, are done; at least one. */
    int take() {
      int done = together();
      for (ProcessorRun<K, V, T> run : alone) {
        settle(run, () -> isEnded(run));
      }
      if (error != null) {
        throw error;
      }
      return done;
    }

    private boolean isEnded(ProcessorRun<K, V, T> run) {
      single.toTheEnd(run);
      return true;
    }

    private int together() {
      KeyLocks.Hold hold =
          parts.locks().tryHoldAll(runs.stream().map(ProcessorRun::entry).toList());
      if (hold == null) {
        // only the key that another thread works on for so long shall fail
        alone.addAll(runs);
        return runs.size();
      }
      try (hold) {
        if (!isRead()) {
          return runs.size();
        }
        int done = processed();
        parts.chunks().of(pending, each -> each.change().size()).forEach(this::commit);
        return done;
      }
    }

    /** What ends a run does so for its key alone. */
    private void settle(ProcessorRun<K, V, T> run, BooleanSupplier hasEnded) {
      try {
        if (hasEnded.getAsBoolean()) {
          results.done(run.key(), run.result());
        }
      } catch (RuntimeException e) {
        results.failed(run.key(), e);
      } catch (Error e) {
        // thrown as it is, when those before it have their effect
        error = error == null ? e : error;
      }
    }

    private boolean isRead() {
      List<EntryKey> entries = runs.stream().map(ProcessorRun::entry).toList();
      long start = parts.nanos().getAsLong();
      List<byte @Nullable []> values;
      try {
        values = parts.store().readAll(entries, Lifetimes.UNCHANGED);
      } catch (RuntimeException e) {
        runs.forEach(run -> results.failed(run.key(), e));
        return false;
      }
      long each = (parts.nanos().getAsLong() - start) / runs.size();
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).sees(values.get(i), each);
      }
      return true;
    }

    private int processed() {
      long end = System.nanoTime() + parts.locks().turn().toNanos();
      int done = 0;
      do {
        ProcessorRun<K, V, T> run = runs.get(done++);
        settle(run, () -> isProcessed(run));
      } while (done < runs.size() && error == null && System.nanoTime() - end < 0);
      return done;
    }

    private boolean isProcessed(ProcessorRun<K, V, T> run) {
      Change change = run.process();
      if (change != null) {
        pending.add(new Pending<>(run, change));
      }
      return change == null;
    }

    private void commit(List<Pending<K, V, T>> chunk) {
      List<Change> changes = chunk.stream().map(Pending::change).toList();
      long start = parts.nanos().getAsLong();
      List<Outcome> outcomes;
      try {
        outcomes = parts.store().applyAll(changes);
      } catch (RuntimeException e) {
        chunk.forEach(each -> results.failed(each.run().key(), e));
        return;
      }
      long nanos = (parts.nanos().getAsLong() - start) / chunk.size();
      for (int i = 0; i < chunk.size(); i++) {
        ProcessorRun<K, V, T> run = chunk.get(i).run();
        Outcome outcome = outcomes.get(i);
        settle(run, () -> isConcluded(run, outcome, nanos));
      }
    }

    private boolean isConcluded(ProcessorRun<K, V, T> run, Outcome outcome, long nanos) {
      boolean concluded = run.concluded(outcome, nanos);
      if (!concluded) {
        alone.add(run);
      }
      return concluded;
    }
  }
}
