// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;

/** Writes the keys it owns and those that are everybody's, reads all, and notes what it saw. */
final class PlayerThread implements Callable<List<Ledger.Note>> {
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int SHORT = Game.KEYS;

  private final Game game;
  private final int thread;
  private final Player.Shared shared;
  private final Random random;
  private final Ledger ledger = new Ledger();
  private final List<Integer> own = new ArrayList<>();

  PlayerThread(Game game, int round, int thread, Player.Shared shared) {
    this.game = game;
    this.thread = thread;
    this.shared = shared;
    this.random = game.random(round, thread);
    for (int key = 0; key < Game.FIRST_COMMON; key++) {
      if (game.owns(key, thread)) {
        own.add(key);
      }
    }
  }

  @Override
  public List<Ledger.Note> call() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(game.millis());
    while (System.nanoTime() < end) {
      try {
        act(random.nextInt(100));
      } catch (CacheException e) {
        shared.failures().increment();
      }
      if (random.nextInt(8) == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return ledger.close();
  }

  private void act(int dice) {
    if (dice < 15) {
      change(own.get(random.nextInt(own.size())));
    } else if (dice < 18) {
      changeCommon(Game.key(Game.FIRST_COMMON + random.nextInt(Game.KEYS - Game.FIRST_COMMON)));
    } else if (dice < 22) {
      putShortLived();
    } else if (dice < 25) {
      readMany();
    } else if (dice < 35) {
      readShortLived(random.nextInt(Game.SHORT_LIVED));
    } else {
      read(random.nextInt(Game.KEYS));
    }
  }

  /** The next version of a key of this thread, in one of many ways. */
  private void change(int key) {
    long version = shared.started().incrementAndGet(key);
    boolean made;
    try {
      made = change(Game.key(key), Game.value(version));
    } catch (CacheException e) {
      shared.doubt(key);
      ledger.wrote(key, version, Ledger.UNKNOWN);
      throw e;
    }
    if (made) {
      shared.completed().set(key, version);
      ledger.wrote(key, version, System.nanoTime());
      read(key);
    }
  }

  private boolean change(String key, String value) {
    Cache<String, String> cache = shared.lasting();
    return switch (random.nextInt(10)) {
      case 0 -> cache.replace(key, value);
      case 1 -> cache.putIfAbsent(key, value);
      case 2 -> cache.remove(key);
      case 3 -> cache.getAndReplace(key, value) != null;
      case 4 -> cache.getAndRemove(key) != null;
      case 5 -> done(() -> cache.putAll(Map.of(key, value)));
      case 6 -> done(() -> cache.getAndPut(key, value));
      case 7 -> done(() -> cache.<Object>invoke(key, PlayerThread::set, value));
      default -> done(() -> cache.put(key, value));
    };
  }

  private static Object set(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments)
      throws EntryProcessorException {
    entry.setValue((String) arguments[0]);
    return null;
  }

  private static boolean done(Runnable change) {
    change.run();
    return true;
  }

  private void changeCommon(String key) {
    String value = Game.value(random.nextInt(Integer.MAX_VALUE));
    if (random.nextInt(5) == 0) {
      shared.lasting().remove(key);
    } else {
      shared.lasting().put(key, value);
    }
  }

  private void putShortLived() {
    int key = random.nextInt(Game.SHORT_LIVED);
    if (key % game.players() != game.player() || key / game.players() % Game.THREADS != thread) {
      return;
    }
    long version = shared.started().incrementAndGet(SHORT + key);
    try {
      shared.shortLived().put(Game.key(key), Game.value(version));
      ledger.wrote(SHORT + key, version, System.nanoTime());
    } catch (CacheException e) {
      ledger.wrote(SHORT + key, version, Ledger.UNKNOWN);
      throw e;
    }
  }

  private void readShortLived(int key) {
    long begun = System.nanoTime();
    String value = shared.shortLived().get(Game.key(key));
    if (value != null) {
      ledger.read(SHORT + key, Game.version(value), begun);
    }
  }

  private void read(int key) {
    long least = shared.completed().get(key);
    long begun = System.nanoTime();
    noteRead(key, least, begun, shared.lasting().get(Game.key(key)));
  }

  private void readMany() {
    Map<String, Integer> keys = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      int key = random.nextInt(Game.FIRST_COMMON);
      keys.put(Game.key(key), key);
    }
    Map<Integer, Long> least = new HashMap<>();
    keys.values().forEach(key -> least.put(key, shared.completed().get(key)));
    long begun = System.nanoTime();
    Map<String, String> found = shared.lasting().getAll(Set.copyOf(keys.keySet()));
    keys.forEach((name, key) -> noteRead(key, least.get(key), begun, found.get(name)));
  }

  /** Whoever reads after a change of this JVM was complete sees it, or a later one. */
  private void noteRead(int key, long least, long begun, String value) {
    shared.reads().increment();
    if (value == null || key >= Game.FIRST_COMMON) {
      return;
    }
    long version = Game.version(value);
    if (version < least && !shared.isDoubtful(key, begun)) {
      shared.violations().add(Game.key(key) + " read " + version + " after " + least);
    }
    ledger.read(key, version, begun);
  }
}
