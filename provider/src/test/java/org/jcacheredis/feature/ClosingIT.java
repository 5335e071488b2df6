// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.internal.cache.CacheLifecycle;
import org.jcacheredis.internal.cache.StoredCache;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.TestServers;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Ends that meet something else: a failed beginning, a server that is away, another thread. */
@EveryLayout
class ClosingIT {
  @AutoClose private final Space space = Space.shared();
  @AutoClose private final Crew crew = new Crew();

  private final RecordingListener<String, String> listener = new RecordingListener<>();

  @Test
  void createCache_whoseSecondListenerFails_closesWhatWasMade() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> key);
    AtomicBoolean made = new AtomicBoolean();
    Supplier<RecordingListener<String, String>> once =
        () -> {
          if (made.getAndSet(true)) {
            throw new IllegalStateException("no second listener today");
          }
          return listener;
        };
    MutableConfiguration<String, String> configuration =
        Space.types(String.class, String.class)
            .setStatisticsEnabled(true)
            .setCacheLoaderFactory(loader.factory())
            .addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(once::get, null, false, true))
            .addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(once::get, null, true, true));
    CacheManager manager = space.manager();

    assertThatIllegalStateException()
        .isThrownBy(() -> manager.createCache("c", configuration))
        .withMessage("no second listener today");

    assertThat(listener.closeCount()).isEqualTo(1);
    assertThat(loader.closeCount()).isEqualTo(1);
    assertThat(manager.getCacheNames()).isEmpty();
  }

  @Test
  void registerListener_whoseFilterFails_closesTheListener() {
    RedisCache<String, String> cache = space.strings("c");
    Factory<CacheEntryEventFilter<String, String>> filters =
        () -> {
          throw new IllegalStateException("no filter today");
        };
    var configuration =
        new MutableCacheEntryListenerConfiguration<String, String>(
            listener.factory()::create, filters, false, true);

    assertThatIllegalStateException()
        .isThrownBy(() -> cache.registerCacheEntryListener(configuration))
        .withMessage("no filter today");

    assertThat(listener.closeCount()).isEqualTo(1);
    cache.put("k", "v");
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void enable_afterClose_throwsAndShowsNoBean() throws Exception {
    RedisCache<String, String> cache = space.strings("beans");
    CacheLifecycle<?, ?> lifecycle = cache.unwrap(StoredCache.class).lifecycle();
    cache.close();

    assertThatIllegalStateException().isThrownBy(() -> lifecycle.enableStatistics(true));
    assertThatIllegalStateException().isThrownBy(() -> lifecycle.enableManagement(true));

    ObjectName all = new ObjectName("javax.cache:Cache=beans,*");
    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(all, null)).isEmpty();
  }

  @Test
  void destroyCache_whileItClears_turnsCallersAway() {
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared())) {
      CacheManager manager = space.manager(proxy.uri(), "command-timeout=20s");
      Cache<String, String> cache =
          manager.createCache("c", Space.types(String.class, String.class));
      cache.put("k", "v");
      proxy.freeze();

      Future<Boolean> destroyed =
          crew.begin(
              () -> {
                manager.destroyCache("c");
                return true;
              });
      Awaitility.await().until(cache::isClosed);
      assertThatIllegalStateException().isThrownBy(() -> cache.put("k2", "v"));
      assertThat(destroyed).isNotDone();
      proxy.heal();

      assertThat(Crew.result(destroyed)).isTrue();
      assertThat(space.probe().keys(space.namespace() + "*")).isEmpty();
    }
  }

  @Test
  void destroyCache_whenTheServerIsAway_leavesTheCacheOpen() {
    try (FaultProxy proxy = FaultProxy.before(TestServers.shared())) {
      CacheManager manager = space.manager(proxy.uri());
      Cache<String, String> cache =
          manager.createCache("c", Space.types(String.class, String.class));
      cache.put("k", "v");
      proxy.refuse();
      proxy.cut();
      assertThatThrownBy(() -> manager.destroyCache("c")).isInstanceOf(CacheException.class);
      proxy.heal();

      assertThat(cache.isClosed()).isFalse();
      // another attempt may still meet a connection of before, and be in doubt again
      Awaitility.await().ignoreExceptions().until(() -> isDestroyed(manager));
      assertThat(space.probe().keys(space.namespace() + "*")).isEmpty();
    }
  }

  private static boolean isDestroyed(CacheManager manager) {
    manager.destroyCache("c");
    return true;
  }

  /** All of them wait for one that is being made. */
  @Test
  void getCache_ofADeclaredCacheWhileTheManagerCloses_makesNone() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch opening = new CountDownLatch(1);
    CacheManager manager = space.manager("caches.declared.statistics=false");
    Factory<RecordingListener<String, String>> slow =
        () -> {
          making.countDown();
          passed(opening);
          return listener;
        };
    var configuration =
        Space.types(String.class, String.class)
            .addCacheEntryListenerConfiguration(
                new MutableCacheEntryListenerConfiguration<>(slow::create, null, false, true));
    crew.begin(() -> manager.createCache("slow", configuration));
    passed(making);
    Throwable[] thrown = new Throwable[1];
    Thread asking = begun(() -> manager.getCache("declared"), thrown);
    Thread closing = begun(manager::close, new Throwable[1]);

    opening.countDown();
    asking.join(10_000);
    closing.join(10_000);

    assertThat(thrown[0]).isInstanceOf(IllegalStateException.class);
    assertThat(manager.isClosed()).isTrue();
  }

  /** A thread that waits for a lock already. */
  private static Thread begun(Runnable work, Throwable[] thrown) {
    Thread thread = new Thread(work, "asking");
    thread.setUncaughtExceptionHandler((any, e) -> thrown[0] = e);
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.BLOCKED);
    return thread;
  }

  private static void passed(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
