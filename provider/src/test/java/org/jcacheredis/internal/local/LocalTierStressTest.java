// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.store.TimedValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers, writers of this JVM and of others, a link that delivers invalidations late and is lost
 * now and then: who has written sees no older value, and in the end nothing stale is held. An array
 * of versions stands for the server.
 */
class LocalTierStressTest {
  private static final int KEYS = 64;
  private static final int ROOM = 48; // so that values are evicted, too
  private static final int STEPS = 30_000;

  private final Words words = new Words();
  private final LocalTier<Object, Object> tier =
      new LocalTier<>(
          words,
          Words.settings(ROOM, null),
          System::nanoTime,
          System::nanoTime,
          new Words.Losses());
  private final AtomicLongArray server = new AtomicLongArray(KEYS);
  private final ConcurrentLinkedQueue<EntryKey> link = new ConcurrentLinkedQueue<>();
  private final Object linkState = new Object();
  private final AtomicLong hits = new AtomicLong();
  private boolean linkUp;

  private enum Values {
    SHARED,
    COPIED
  }

  private Values values = Values.SHARED;

  @ParameterizedTest
  @EnumSource
  void tier_everybodyAtOnce_isNeverStaleInTheEnd(Values kind) throws Exception {
    values = kind;
    run(kind.ordinal() + System.nanoTime());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tier_fixedSeeds_isNeverStaleInTheEnd(long seed) throws Exception {
    run(seed);
  }

  private void run(long seed) throws Exception {
    connect();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Consumer<Random>> roles =
        List.of(
            this::read,
            this::read,
            this::read,
            this::write,
            this::write,
            this::writeElsewhere,
            this::deliver,
            this::disturb);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      Consumer<Random> role = roles.get(i);
      Random random = new Random(seed + i);
      running.add(
          threads.submit(
              () -> {
                for (int step = 0; step < STEPS; step++) {
                  role.accept(random);
                }
              }));
    }
    for (Future<?> each : running) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
    while (!link.isEmpty()) {
      deliver(null);
    }
    for (int key = 0; key < KEYS; key++) {
      Object held = tier.get(name(key));
      assertThat(held == null ? server.get(key) : version(held))
          .as("key %d, seed %d", key, seed)
          .isEqualTo(server.get(key));
    }
    assertThat(hits.get()).as("hits, seed %d", seed).isPositive();
  }

  private static String name(int key) {
    return "k" + key;
  }

  private static long version(Object value) {
    return Long.parseLong(value.toString());
  }

  private Object value(long version) {
    String text = Long.toString(version);
    return values == Values.SHARED ? text : new StringBuilder(text);
  }

  /** As a cache reads. */
  private long get(int key, Random random) {
    Object held = tier.get(name(key));
    if (held != null) {
      hits.incrementAndGet();
      return version(held);
    }
    EntryKey entry = words.entry(name(key));
    LocalTier.Ticket ticket = tier.begin(entry);
    pause(random);
    long version = server.get(key);
    pause(random);
    if (ticket != null) {
      Object value = value(version);
      String kind = value instanceof String ? "s" : "b";
      TimedValue read = new TimedValue((kind + value).getBytes(UTF_8), Lifetimes.ETERNAL);
      tier.keep(name(key), entry, ticket, read, value);
    }
    return version;
  }

  private static void pause(Random random) {
    if (random.nextInt(8) == 0) {
      Thread.yield();
    }
  }

  private void read(Random random) {
    int key = random.nextInt(KEYS);
    get(key, random);
  }

  /** In this JVM: what is read afterwards is never older. */
  private void write(Random random) {
    int key = random.nextInt(KEYS);
    long version = server.incrementAndGet(key);
    pause(random);
    tier.invalidate(words.entry(name(key)));
    assertThat(get(key, random)).isGreaterThanOrEqualTo(version);
    assertThat(get(key, random)).isGreaterThanOrEqualTo(version);
  }

  /** In another JVM: told of by the link, if it is up. */
  private void writeElsewhere(Random random) {
    int key = random.nextInt(KEYS);
    synchronized (linkState) {
      server.incrementAndGet(key);
      if (linkUp) {
        link.add(words.entry(name(key)));
      }
    }
    pause(random);
  }

  private void deliver(Random random) {
    EntryKey entry = link.poll();
    if (entry != null) {
      tier.invalidate(entry);
    }
  }

  private void disturb(Random random) {
    int choice = random.nextInt(200);
    if (choice == 0) {
      disconnect();
      pause(random);
      connect();
    } else if (choice == 1) {
      writeAll(random);
    } else {
      pause(random);
    }
  }

  /** The messages under way are lost; nothing is kept before it is up again. */
  private void disconnect() {
    synchronized (linkState) {
      linkUp = false;
      link.clear();
    }
    tier.suspend();
  }

  private void connect() {
    synchronized (linkState) {
      linkUp = true;
    }
    tier.resume();
  }

  /** As {@code clear} of this JVM. */
  private void writeAll(Random random) {
    long[] versions = new long[KEYS];
    for (int key = 0; key < KEYS; key++) {
      versions[key] = server.incrementAndGet(key);
    }
    tier.invalidateAll();
    for (int key = 0; key < KEYS; key++) {
      assertThat(get(key, random)).isGreaterThanOrEqualTo(versions[key]);
    }
  }
}
