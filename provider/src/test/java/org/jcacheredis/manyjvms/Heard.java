// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** Notes the versions that a JVM hears of, and judges them: each once at most, in their order. */
final class Heard
    implements CacheEntryCreatedListener<String, String>,
        CacheEntryUpdatedListener<String, String> {
  private final Queue<Ledger.Note> notes = new ConcurrentLinkedQueue<>();

  MutableCacheEntryListenerConfiguration<String, String> configuration() {
    Factory<Heard> factory = () -> this;
    return new MutableCacheEntryListenerConfiguration<>(factory, null, false, true);
  }

  Queue<Ledger.Note> notes() {
    return notes;
  }

  private void note(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    for (CacheEntryEvent<? extends String, ? extends String> event : events) {
      if (Game.isCounted(event.getKey()) && event.getValue() != null) {
        int key = Integer.parseInt(event.getKey().substring(1));
        long version = Game.version(event.getValue());
        notes.add(new Ledger.Note(Ledger.Kind.HEARD, key, version, System.nanoTime()));
      }
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    note(events);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    note(events);
  }

  /** Where one JVM heard of a version after it had heard of a later one, or twice. */
  static List<String> disorder(
      List<Ledger.Note> heard, Map<Integer, NavigableMap<Long, Long>> writes) {
    Map<Integer, Long> last = new HashMap<>();
    List<String> disorder = new ArrayList<>();
    for (Ledger.Note note : heard) {
      if (!Staleness.isCertain(writes, note)) {
        continue; // it may have come about later
      }
      Long before = last.put(note.key(), note.version());
      if (before != null && before >= note.version()) {
        disorder.add(note.key() + ": " + note.version() + " after " + before);
      }
    }
    return disorder;
  }
}
