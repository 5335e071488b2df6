// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;

/**
 * One JVM of {@link ManyJvmsIT}. Says "ready", and plays a round on "play ROUND". On "settle TOKEN"
 * it waits until its local tier holds the token, and on "state TOKEN", until it reads the next one:
 * then it has heard of all changes of before, and tells what it reads for each key. On "heard N" it
 * writes down what its listener heard.
 */
final class Player {
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Player() {}

  /**
   * What the threads of this JVM share.
   *
   * @param started by key, the last version that its writer began to write
   * @param completed by key, the last version whose write returned
   * @param doubtful by key, until when a write of unknown fate may still come about
   */
  record Shared(
      Cache<String, String> lasting,
      Cache<String, String> shortLived,
      AtomicLongArray started,
      AtomicLongArray completed,
      AtomicLongArray doubtful,
      LongAdder reads,
      LongAdder failures,
      Queue<String> violations,
      Heard heard) {

    void doubt(int key) {
      doubtful.set(key, System.nanoTime() + DOUBT_NANOS);
    }

    boolean isDoubtful(int key, long now) {
      long until = doubtful.get(key);
      return until != 0 && until - now > 0;
    }
  }

  public static void main(String[] arguments) throws Exception {
    Game game = Game.of(arguments);
    CacheManager manager = game.openManager();
    Shared shared = shared(manager);
    shared.lasting.containsKey("connects");
    if (game.listening()) {
      shared.lasting.registerCacheEntryListener(shared.heard.configuration());
    }
    System.out.println("ready");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      obey(order.split(" "), game, shared);
    }
    System.exit(0);
  }

  private static void obey(String[] order, Game game, Shared shared) throws Exception {
    switch (order[0]) {
      case "play" -> {
        play(game, Integer.parseInt(order[1]), shared);
        System.out.println("played " + order[1] + " " + summary(shared));
      }
      case "settle" -> {
        settle(shared.lasting, order[1]);
        System.out.println("settled " + order[1]);
      }
      case "heard" -> {
        Ledger.write(game.heard(), shared.heard.notes());
        System.out.println("heard " + order[1] + " " + shared.heard.notes().size());
      }
      default -> System.out.println("state " + order[1] + " " + state(shared.lasting, order[1]));
    }
  }

  private static void settle(Cache<String, String> cache, String token) {
    long before;
    do {
      before = Beans.count(cache, "LocalHits");
    } while (!reads(cache, token) || Beans.count(cache, "LocalHits") == before);
  }

  private static Shared shared(CacheManager manager) {
    int keys = Game.KEYS + Game.SHORT_LIVED;
    return new Shared(
        Game.lasting(manager, true),
        Game.shortLived(manager, true),
        new AtomicLongArray(keys),
        new AtomicLongArray(keys),
        new AtomicLongArray(keys),
        new LongAdder(),
        new LongAdder(),
        new ConcurrentLinkedQueue<>(),
        new Heard());
  }

  private static void play(Game game, int round, Shared shared) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Game.THREADS);
    List<Future<List<Ledger.Note>>> ledgers = new ArrayList<>();
    for (int thread = 0; thread < Game.THREADS; thread++) {
      ledgers.add(threads.submit(new PlayerThread(game, round, thread, shared)));
    }
    List<Ledger.Note> notes = new ArrayList<>();
    for (Future<List<Ledger.Note>> ledger : ledgers) {
      notes.addAll(ledger.get());
    }
    threads.shutdown();
    Ledger.write(game.ledger(round), notes);
  }

  private static String summary(Shared shared) {
    return "reads=%d localHits=%d gaps=%d failures=%d violations=%d %s"
        .formatted(
            shared.reads.sum(),
            Beans.count(shared.lasting, "LocalHits"),
            Beans.count(shared.lasting, "SubscriptionGaps"),
            shared.failures.sum(),
            shared.violations.size(),
            shared.violations.stream().limit(5).toList());
  }

  /** The versions that this JVM reads, by key, once it reads the token. */
  private static String state(Cache<String, String> cache, String token) {
    while (!reads(cache, token)) {
      Thread.onSpinWait();
    }
    Set<String> keys = new HashSet<>();
    StringBuilder state = new StringBuilder();
    for (int key = 0; key < Game.KEYS; key++) {
      String name = Game.key(key);
      keys.add(name);
      String value = cache.get(name);
      state.append(name).append('=').append(value == null ? "-" : Game.version(value)).append(' ');
    }
    Map<String, String> all = cache.getAll(keys);
    for (String name : keys) {
      String again = cache.get(name);
      if (!java.util.Objects.equals(all.get(name), again)
          || cache.containsKey(name) != (again != null)) {
        state.append(name).append("=unsteady ");
      }
    }
    return state.toString().trim();
  }

  private static boolean reads(Cache<String, String> cache, String token) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    try {
      return token.equals(cache.get(Game.SETTLED));
    } catch (CacheException e) {
      // the server may just be coming back
      return false;
    }
  }
}
