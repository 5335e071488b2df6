// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import org.jcacheredis.codec.EntryCodec;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.event.EventDispatcher;
import org.jcacheredis.internal.integration.LoadFlights;
import org.jcacheredis.internal.integration.LoadTurns;
import org.jcacheredis.internal.integration.Loader;
import org.jcacheredis.internal.integration.Writer;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.store.Absences;
import org.jcacheredis.internal.store.Audience;
import org.jcacheredis.internal.store.Chunks;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.KeyNames;
import org.jcacheredis.internal.store.KeysLayout;
import org.jcacheredis.internal.store.Leases;
import org.jcacheredis.internal.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * Puts one cache together from its configuration, its settings and what its manager offers. If a
 * factory of the application fails, what the others made is closed and nothing remains.
 */
public final class CacheAssembly<K, V> {
  private final Offer offer;
  private final CacheSettings settings;
  private final LiveConfiguration<K, V> configuration;
  private final List<Object> collaborators = new ArrayList<>();
  private final AtomicReference<@Nullable Cache<K, V>> self = new AtomicReference<>();

  /**
   * What a manager offers its caches.
   *
   * @param deadline the longest wait of one cache call
   * @param listening runs asynchronous listeners; never refuses while the manager is open
   * @param loading runs {@code loadAll}; may refuse, and then says why
   * @param fetching fetches pages of iterations ahead; may refuse
   * @param timer renews leases, moves coarse clocks
   */
  public record Offer(
      Redis redis,
      String namespace,
      Duration deadline,
      ClassLoader loader,
      Executor listening,
      Executor loading,
      Executor fetching,
      ScheduledExecutorService timer,
      CacheLifecycle.Owner owner) {}

  public CacheAssembly(Offer offer, CacheSettings settings, LiveConfiguration<K, V> configuration) {
    this.offer = offer;
    this.settings = settings;
    this.configuration = configuration;
  }

  /** The finished cache, open. */
  public StoredCache<K, V> assemble() {
    try {
      return wire();
    } catch (RuntimeException | Error e) {
      Closing.closeAll(settings.name(), collaborators);
      throw e;
    }
  }

  /** What a cache's methods delegate to. */
  record Wiring<K, V>(
      CacheParts<K, V> parts,
      CacheLifecycle<K, V> lifecycle,
      OperationRunner<K, V> runner,
      EntryReader<K, V> reader,
      EntryProcessing<K, V> processing,
      BulkProcessing<K, V> bulkProcessing,
      BulkLoading<K, V> loading) {}

  private StoredCache<K, V> wire() {
    Redis redis = offer.redis.speakingOf("cache '" + settings.name() + "'");
    @Nullable Absences absences = absences(redis);
    CacheParts<K, V> parts = parts(redis, absences);
    @Nullable Loader<K, V> loader = loader();
    @Nullable Loader<K, V> throughLoader = configuration.isReadThrough() ? loader : null;
    OperationRunner<K, V> runner = new OperationRunner<>(parts);
    ReadThrough<K, V> readThrough =
        new ReadThrough<>(
            parts,
            runner,
            throughLoader,
            new LoadFlights<>(offer.deadline, parts.locks()::isHeldByThisThread),
            turns(redis),
            absences);
    EntryProcessing<K, V> processing =
        new EntryProcessing<>(parts, remembering(throughLoader, parts, absences));
    CacheLifecycle<K, V> lifecycle =
        new CacheLifecycle<>(parts, offer.owner, configuration, collaborators);
    StoredCache<K, V> cache =
        new StoredCache<>(
            new Wiring<>(
                parts,
                lifecycle,
                runner,
                new EntryReader<>(parts, readThrough),
                processing,
                new BulkProcessing<>(parts, processing),
                new BulkLoading<>(parts, runner, loader, lifecycle::checkOpen)));
    self.set(cache);
    lifecycle.open();
    return cache;
  }

  private CacheParts<K, V> parts(Redis redis, @Nullable Absences absences) {
    String name = settings.name();
    Coding<K, V> coding = coding();
    Expiry expiry = new Expiry(made(configuration.getExpiryPolicyFactory()), settings.ttlJitter());
    CacheStatistics statistics = new CacheStatistics();
    LongSupplier nanos = System::nanoTime;
    // whoever hears of other JVMs' changes tells it of them: invalidate, suspend, resume
    @Nullable LocalTier<K, V> local =
        new LocalAssembly(settings, expiry, statistics, offer.timer, nanos)
            .tier(coding, collaborators::add);
    return new CacheParts<>(
        name,
        settings,
        store(redis, absences, local),
        local,
        coding,
        expiry,
        writer(),
        new EventDispatcher<>(this::self, offer.listening, settings.events().queue()),
        statistics,
        new KeyLocks(name, offer.deadline),
        new Leases(aside(redis, "invoke"), offer.deadline),
        offer.deadline,
        offer.loading,
        offer.fetching,
        nanos);
  }

  private EntryStore store(
      Redis redis, @Nullable Absences absences, @Nullable LocalTier<K, V> local) {
    EntryStore entries =
        new KeysLayout(
            redis,
            KeyNames.entries(offer.namespace, settings.name()),
            Audience.NONE,
            settings.scanSize());
    return LocalAssembly.invalidating(
        absences == null ? entries : new Watched(entries, absences), local);
  }

  private Coding<K, V> coding() {
    EntryCodec codec =
        new EntryCodec(
            settings.codec(),
            configuration.getKeyType(),
            configuration.getValueType(),
            offer.loader);
    return new Coding<>(
        settings.name(),
        codec,
        configuration.getKeyType(),
        configuration.getValueType(),
        settings.onUndecodable());
  }

  private @Nullable Absences absences(Redis redis) {
    Duration ttl = settings.loading().negativeTtl();
    Chunks chunks = new Chunks(settings.bulkSize(), settings.bulkBytes());
    return ttl.isZero() ? null : new Absences(aside(redis, "absent"), ttl, chunks);
  }

  private @Nullable LoadTurns turns(Redis redis) {
    CacheSettings.Loading loading = settings.loading();
    return loading.lease()
        ? new LoadTurns(
            new Leases(aside(redis, "load"), loading.leaseTtl()), loading.leaseWait(), offer.timer)
        : null;
  }

  private EntryStore aside(Redis redis, String purpose) {
    return new KeysLayout(
        redis,
        KeyNames.aside(offer.namespace, settings.name(), purpose),
        Audience.NONE,
        settings.scanSize());
  }

  private @Nullable Loader<K, V> loader() {
    var factory = configuration.getCacheLoaderFactory();
    return factory == null ? null : new Loader<>(made(factory));
  }

  /** For a processor, whose key is locked: no flight, but the memory of a loader's null. */
  private static <K, V> @Nullable Loader<K, V> remembering(
      @Nullable Loader<K, V> loader, CacheParts<K, V> parts, @Nullable Absences absences) {
    if (loader == null || absences == null) {
      return loader;
    }
    return loader.remembering(
        new Loader.Memory<>() {
          @Override
          public boolean isKnownAbsent(K key) {
            return absences.isKnown(parts.coding().key(key));
          }

          @Override
          public void remember(K key) {
            absences.remember(List.of(parts.coding().key(key)));
          }
        });
  }

  private Writer<K, V> writer() {
    var factory = configuration.getCacheWriterFactory();
    if (factory == null) {
      return new Writer<>(null);
    }
    var writer = made(factory);
    return new Writer<>(configuration.isWriteThrough() ? writer : null);
  }

  private <T> T made(Factory<T> factory) {
    T collaborator = factory.create();
    collaborators.add(collaborator);
    return collaborator;
  }

  private Cache<K, V> self() {
    return java.util.Objects.requireNonNull(self.get());
  }
}
