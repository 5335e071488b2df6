// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose changes end remembered absences: one round trip more for each change, paid only by
 * caches that remember a loader's null. A mark that cannot be removed fails no change.
 */
public final class AbsenceAware implements EntryStore {
  private static final Logger LOG = LoggerFactory.getLogger(AbsenceAware.class);

  private final EntryStore store;
  private final Absences absences;
  private final AtomicBoolean warned = new AtomicBoolean();

  public AbsenceAware(EntryStore store, Absences absences) {
    this.store = store;
    this.absences = absences;
  }

  @Override
  public Outcome apply(Change change) {
    Outcome outcome = store.apply(change);
    forget(List.of(change));
    return outcome;
  }

  @Override
  public List<Outcome> applyAll(List<Change> changes) {
    List<Outcome> outcomes = store.applyAll(changes);
    forget(changes);
    return outcomes;
  }

  @Override
  public Reply run(Program program, EntryKey key, List<byte[]> arguments) {
    Reply reply = store.run(program, key, arguments);
    forgetKeys(List.of(key));
    return reply;
  }

  @Override
  public List<Reply> runAll(Program program, List<Invocation> invocations) {
    List<Reply> replies = store.runAll(program, invocations);
    forgetKeys(invocations.stream().map(Invocation::key).toList());
    return replies;
  }

  @Override
  public void clear() {
    store.clear();
    absences.clear();
  }

  private void forget(List<Change> changes) {
    forgetKeys(changes.stream().filter(change -> !change.isAccess()).map(Change::key).toList());
  }

  private void forgetKeys(Collection<EntryKey> keys) {
    try {
      absences.forget(keys);
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
  public Claim claim(EntryKey key) {
    return store.claim(key);
  }

  @Override
  public Page scan(@Nullable Page page) {
    return store.scan(page);
  }
}
