// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.integration.Loader;
import org.jcacheredis.internal.store.Leases;
import org.jcacheredis.processor.LuaEntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * {@code invoke}: the key is held in this JVM, the entry read, the processor run here, its net
 * effect committed only over the bytes that were read. Another JVM's write in between makes it run
 * again; after a few such losses the JVMs take turns by a lease.
 */
final class EntryProcessing<K, V> {
  private static final int FREE_ATTEMPTS = 3;

  private final CacheParts<K, V> parts;
  private final Consequences<K, V> consequences;
  private final @Nullable Loader<K, V> loader;
  private final ServerProcessing<K, V> server;

  EntryProcessing(CacheParts<K, V> parts, @Nullable Loader<K, V> loader) {
    this.parts = parts;
    this.consequences = new Consequences<>(parts);
    this.loader = loader;
    this.server = new ServerProcessing<>(parts, loader != null);
  }

  /** Where processors run that need nothing but the server. */
  ServerProcessing<K, V> server() {
    return server;
  }

  <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object[] arguments) {
    EntryKey entry = parts.coding().key(key);
    if (processor instanceof LuaEntryProcessor<K, V, T> lua && server.canRun(lua)) {
      ServerProcessing.Result<T> result = server.run(key, entry, lua, arguments);
      if (result != null) {
        return result.value();
      }
    }
    ProcessorRun<K, V, T> run =
        new ProcessorRun<>(call(processor, arguments), new Target<>(key, entry));
    toTheEnd(run);
    return run.result();
  }

  /** What the runs of one call have in common. */
  <T> ProcessorRun.Call<K, V, T> call(EntryProcessor<K, V, T> processor, Object[] arguments) {
    return new ProcessorRun.Call<>(parts, consequences, loader, processor, arguments);
  }

  /** Runs it on what is there now, until its effect is in the store. */
  void toTheEnd(ProcessorRun<K, V, ?> run) {
    long deadline = System.nanoTime() + parts.deadline().toNanos();
    try (KeyLocks.Hold hold = parts.locks().hold(run.entry());
        Turn turn = new Turn(run, deadline)) {
      look(run);
      while (!isCommitted(run)) {
        turn.yieldToOthers();
      }
    }
  }

  private void look(ProcessorRun<K, V, ?> run) {
    long start = parts.nanos().getAsLong();
    byte[] bytes = parts.store().read(run.entry(), Lifetimes.UNCHANGED);
    run.sees(bytes, parts.nanos().getAsLong() - start);
  }

  /** False if somebody else changed the entry; the run has then seen what is there now. */
  private boolean isCommitted(ProcessorRun<K, V, ?> run) {
    Change change = run.process();
    if (change == null) {
      return true;
    }
    long start = parts.nanos().getAsLong();
    Outcome outcome = parts.store().apply(change);
    if (run.concluded(outcome, parts.nanos().getAsLong() - start)) {
      return true;
    }
    if (outcome.is(Outcome.Kind.ABSENT) || outcome.previous() != null) {
      run.sees(outcome.previous(), 0);
    } else {
      look(run);
    }
    return false;
  }

  /** After a few lost races the JVMs take turns; who cannot get a turn in time goes on without. */
  private final class Turn implements AutoCloseable {
    private final ProcessorRun<K, V, ?> run;
    private final long deadline;
    private Leases.@Nullable Lease lease;

    Turn(ProcessorRun<K, V, ?> run, long deadline) {
      this.run = run;
      this.deadline = deadline;
    }

    void yieldToOthers() {
      if (System.nanoTime() - deadline > 0) {
        String more =
            parts.writer().isPresent() ? ", though the CacheWriter may have been called" : "";
        throw new CacheException(
            "cache '%s': key '%s' is changed by others faster than it can be processed; gave up after %d attempts, nothing was changed in the cache%s"
                .formatted(parts.name(), run.entry(), run.attempts(), more));
      }
      if (run.attempts() >= FREE_ATTEMPTS && lease == null) {
        lease = parts.leases().await(run.entry(), deadline);
        look(run);
      }
    }

    @Override
    public void close() {
      if (lease != null) {
        lease.release();
      }
    }
  }
}
