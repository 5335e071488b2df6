// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.store.Audience;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.HashLayout;
import org.jcacheredis.internal.store.HashNames;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More entries than there is room for, on a server that tells nothing of their ends. */
@NeedsFieldLifetimes
class DueKeysIT {
  private static final int CAPACITY = 20;
  private static final long SOON = 500;

  private final Redis redis = Connections.open(TestServers.shared());
  private final EntryStore store =
      new HashLayout(redis, HashNames.of("DueKeysIT", "cache", 4), Audience.NONE, 100);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<EntryKey, Integer> absent = new ConcurrentHashMap<>();
  private final AtomicLong lost = new AtomicLong();
  private final DueKeys due =
      new DueKeys(
          new DueKeys.Parts(
              store,
              timer,
              timer,
              CAPACITY,
              List.of(),
              key -> absent.merge(key, 1, Integer::sum),
              lost::addAndGet));

  @AfterEach
  void stop() {
    due.stop();
    timer.shutdownNow();
    store.clear();
    redis.close();
  }

  private void put(String prefix, int count, long lifetime) {
    for (int i = 0; i < count; i++) {
      EntryKey key = new EntryKey((prefix + i).getBytes(UTF_8));
      store.apply(new Change(key, Mutation.store(new byte[] {1}), Lifetimes.of(lifetime)));
      due.lives(key, lifetime);
    }
  }

  @Test
  void entriesWithoutRoom_thatAreDueLater_areFoundInTime() {
    due.start();
    put("late", CAPACITY, 7_000);
    put("soon", CAPACITY, SOON);

    await().atMost(Duration.ofSeconds(3)).until(() -> absent.size() == CAPACITY);
    await().atMost(Duration.ofSeconds(10)).until(() -> absent.size() == 2 * CAPACITY);
    assertThat(lost).hasValue(0);
    assertThat(Set.copyOf(absent.values())).containsExactly(1);
  }

  @Test
  void entriesWithoutRoom_thatAreDueAtOnce_areCountedAsLost() {
    due.start();
    put("soon", 3 * CAPACITY, SOON);

    await().atMost(Duration.ofSeconds(5)).until(() -> lost.get() > 0);
    assertThat(absent.size() + lost.get()).isGreaterThanOrEqualTo(3 * CAPACITY);
  }

  @Test
  void entriesThatAreDueWhileNothingIsHeard_areAskedForAfterwards() {
    due.start();
    put("soon", 10, SOON);
    due.deafen();
    await().pollDelay(Duration.ofMillis(SOON + 300)).until(() -> absent.isEmpty());

    due.hear();

    await().atMost(Duration.ofSeconds(3)).until(() -> absent.size() == 10);
  }
}
