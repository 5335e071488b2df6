// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisServer;
import org.jcacheredis.testkit.TestServers;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.Test;

/** What is done counts, and is told, also where something else goes wrong. */
@EveryLayout
class PartialFailureIT {
  @Test
  void putAll_serverOutOfMemoryMidway_countsAndTellsWhatWasStored() throws Exception {
    try (RedisServer server = RedisServer.start("--maxmemory-policy", "noeviction");
        Space space = Space.on(server)) {
      RedisCache<String, String> cache = space.strings("c");
      cache.getCacheManager().enableStatistics("c", true);
      RecordingListener<String, String> listener = new RecordingListener<>();
      cache.registerCacheEntryListener(listener.configuration(true, false));
      long room = space.probe().usedMemory() + 2_000_000;
      space.probe().command("CONFIG", "SET", "maxmemory", Long.toString(room));
      Map<String, String> entries = new LinkedHashMap<>();
      for (int i = 0; i < 400; i++) {
        entries.put("k" + i, "v".repeat(20_000));
      }

      assertThatThrownBy(() -> cache.putAll(entries))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("cache 'c': ")
          .hasMessageContaining("of 400 entries were not changed, the others were: ")
          .hasMessageContaining("OOM");

      space.probe().command("CONFIG", "SET", "maxmemory", "0");
      long stored = cache.size();
      assertThat(stored).isBetween(1L, 399L);
      assertThat(listener.events(EventType.CREATED)).hasSize((int) stored);
      assertThat(cache.unwrap(CacheStatisticsMXBean.class).getCachePuts()).isEqualTo(stored);
    }
  }

  @Test
  void removeAll_listenerThrows_removesAllTheSame() {
    try (Space space = Space.shared()) {
      RedisCache<String, String> cache = space.strings("c", "cache-defaults.scan-size=10");
      for (int i = 0; i < 200; i++) {
        cache.put("k" + i, "v");
      }
      RecordingListener<String, String> listener = new RecordingListener<>();
      listener.failWith(new IllegalStateException("listener"));
      cache.registerCacheEntryListener(listener.configuration(true, false));

      assertThatThrownBy(cache::removeAll).isInstanceOf(CacheEntryListenerException.class);
      assertThat(cache.size()).isZero();
    }
  }

  @Test
  void invoke_underPutsOfItsOwnJvm_runsOnce() {
    try (Space space = Space.shared();
        Crew crew = new Crew()) {
      RedisCache<String, String> cache = space.strings("c");
      cache.put("k", "v");
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger runs = new AtomicInteger();
      Future<Integer> puts =
          crew.begin(
              () -> {
                int count = 0;
                while (!done.get()) {
                  cache.put("k", "put " + count++);
                }
                return count;
              });
      for (int i = 0; i < 20; i++) {
        cache.invoke(
            "k",
            (entry, arguments) -> {
              runs.incrementAndGet();
              LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
              entry.setValue(entry.getValue() + "!");
              return null;
            });
      }
      done.set(true);

      assertThat(Crew.result(puts)).isPositive();
      // a put that was under way when the key was taken may overtake once
      assertThat(runs.get()).isBetween(20, 40);
    }
  }

  @Test
  void put_largeValueToFrozenServer_endsByTheOperationTimeout() throws Exception {
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared());
        Space space = Space.shared()) {
      RedisCache<String, String> cache =
          Space.cache(
              space.manager(proxy.uri(), "command-timeout=500ms", "operation-timeout=2s"),
              "c",
              Space.types(String.class, String.class));
      // large values have connections of their own: one must be open before the server freezes
      cache.put("k", "v".repeat(1 << 20));
      proxy.freeze();

      long start = System.nanoTime();
      Throwable failure = catchThrowable(() -> cache.put("k", "v".repeat(64 << 20)));

      assertThat(failure)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("no answer from")
          .hasMessageContaining("the entry may or may not be stored");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      proxy.heal();
      assertThat(cache.containsKey("k")).isTrue();
    }
  }

  @Test
  void removeAll_keysHeldElsewhere_waitsOnceForAll() throws Exception {
    try (Space space = Space.shared();
        Crew crew = new Crew()) {
      RedisCache<String, String> cache = space.strings("c", "operation-timeout=500ms");
      AtomicBoolean release = new AtomicBoolean();
      for (int i = 0; i < 4; i++) {
        String key = "k" + i;
        crew.begin(
            () ->
                cache.invoke(
                    key,
                    (entry, arguments) -> {
                      while (!release.get()) {
                        LockSupport.parkNanos(1_000_000);
                      }
                      return null;
                    }));
      }
      crew.awaitParked(4);

      long start = System.nanoTime();
      assertThatThrownBy(() -> cache.removeAll(Set.of("k0", "k1", "k2", "k3")))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("another thread works on key");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
      release.set(true);
    }
  }

  @Test
  void put_interruptedWhileItWaitsForTheKey_saysSo() throws Exception {
    try (Space space = Space.shared();
        Crew crew = new Crew()) {
      RedisCache<String, String> cache = space.strings("c");
      AtomicBoolean release = new AtomicBoolean();
      crew.begin(
          () ->
              cache.invoke(
                  "k",
                  (entry, arguments) -> {
                    while (!release.get()) {
                      LockSupport.parkNanos(1_000_000);
                    }
                    return null;
                  }));
      crew.awaitParked(1);

      Thread.currentThread().interrupt();
      Throwable failure = catchThrowable(() -> cache.put("k", "v"));
      assertThat(Thread.interrupted()).isTrue();
      release.set(true);
      assertThat(failure).isInstanceOf(CacheException.class).hasMessageContaining("interrupted");
    }
  }
}
