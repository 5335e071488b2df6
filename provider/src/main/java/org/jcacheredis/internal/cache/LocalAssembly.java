// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.local.CoarseClock;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.local.Tally;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jcacheredis.internal.management.CacheStatistics.Event;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.settings.CacheSettings.AccessExpiry;
import org.jcacheredis.internal.store.ChangeWatcher;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.Watched;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the local tier of a cache that is to have one; it is suspended. */
record LocalAssembly(
    CacheSettings settings,
    Expiry expiry,
    CacheStatistics statistics,
    ScheduledExecutorService timer,
    LongSupplier nanos) {
  private static final Logger LOG = LoggerFactory.getLogger(LocalAssembly.class);

  /**
   * The tier, or null if the cache has none: because nobody wants it, or because each access has to
   * renew a lifetime in Redis, which a local hit does not.
   *
   * @param owned takes what is to be closed with the cache
   * @throws IllegalArgumentException if the settings refuse a cache of the latter kind
   */
  <K, V> @Nullable LocalTier<K, V> tier(Coding<K, V> coding, Consumer<AutoCloseable> owned) {
    CacheSettings.Local local = settings.local();
    if (!local.enabled() || renewsOnAccess()) {
      return null;
    }
    CoarseClock coarse = new CoarseClock(nanos, LocalTier.step(local.ttl()), timer);
    owned.accept(coarse);
    LocalContent<K, V> content = new LocalContent<>(coding, Set.copyOf(local.immutableTypes()));
    LocalTier<K, V> tier = new LocalTier<>(content, local, nanos, coarse, tally());
    owned.accept(tier);
    statistics.shows(tier::size);
    return tier;
  }

  /**
   * A policy that has to be asked is known to renew only when it says so: a touch, which counts.
   */
  private boolean renewsOnAccess() {
    Lifetimes fixed = expiry.fixed();
    if (fixed == null || fixed.onAccess() == Lifetimes.UNCHANGED) {
      return false;
    }
    String conflict =
        "cache '%s': local.enabled is true, and its expiry policy renews lifetimes on access, which a local hit cannot"
            .formatted(settings.name());
    String remedy = "use an expiry of creation or update, or set local.enabled to false";
    if (settings.local().accessExpiry() == AccessExpiry.REFUSE) {
      throw new IllegalArgumentException(conflict + "; " + remedy);
    }
    LOG.warn("{}; every read goes to Redis; {}", conflict, remedy);
    return true;
  }

  private Tally tally() {
    return new Tally() {
      @Override
      public void evicted() {
        statistics.count(Event.LOCAL_EVICTION, 1);
      }

      @Override
      public void invalidated(long entries) {
        statistics.count(Event.LOCAL_INVALIDATION, entries);
      }
    };
  }

  /** The store of a cache with that tier: what is changed through it is not kept. */
  static EntryStore invalidating(EntryStore store, @Nullable LocalTier<?, ?> tier) {
    if (tier == null) {
      return store;
    }
    return new Watched(
        store,
        new ChangeWatcher() {
          @Override
          public void unsettled(Collection<EntryKey> keys) {
            tier.invalidate(keys);
          }

          @Override
          public void unsettledAll() {
            tier.invalidateAll();
          }
        });
  }
}
