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
import org.jcacheredis.internal.event.EventOrder;
import org.jcacheredis.internal.group.Group;
import org.jcacheredis.internal.group.Member;
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
import org.jcacheredis.internal.store.Layout;
import org.jcacheredis.internal.store.Leases;
import org.jcacheredis.internal.store.Watched;
import org.jspecify.annotations.Nullable;

/**
 * Puts one cache together from its configuration, its settings and what its manager offers. If a
 * factory of the application fails, what the others made is closed and nothing remains.
 */
public final class CacheAssembly<K, V> {
  /** How long a change waits for its turn among those that others made. */
  private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

  private final Offer offer;
  private final CacheSettings settings;
  private final LiveConfiguration<K, V> configuration;
  private final FirstListeners<K, V> listeners;
  private final List<Object> collaborators = new ArrayList<>();
  private final AtomicReference<@Nullable Cache<K, V>> self = new AtomicReference<>();
  private @Nullable Member member;

  /**
   * What a manager offers its caches.
   *
   * @param deadline the longest wait of one cache call
   * @param listening runs asynchronous listeners; never refuses while the manager is open
   * @param loading runs {@code loadAll}; may refuse, and then says why
   * @param fetching fetches pages of iterations ahead; may refuse
   * @param telling tells listeners of what other JVMs did; a bounded number of threads
   * @param talking runs short talks with the server; a bounded number of threads
   * @param timer renews leases, moves coarse clocks, does whatever has to be done now and then
   * @param group what the managers know of each other
   */
  public record Offer(
      Redis redis,
      String namespace,
      Duration deadline,
      ClassLoader loader,
      Executor listening,
      Executor loading,
      Executor fetching,
      Executor telling,
      Executor talking,
      ScheduledExecutorService timer,
      Group group,
      CacheLifecycle.Owner owner) {}

  public CacheAssembly(Offer offer, CacheSettings settings, LiveConfiguration<K, V> configuration) {
    this.offer = offer;
    this.settings = settings;
    this.configuration = configuration;
    this.listeners = new FirstListeners<>(configuration.listeners());
  }

  /** The finished cache, open. */
  public StoredCache<K, V> assemble() {
    try {
      return wire();
    } catch (RuntimeException | Error e) {
      collaborators.addAll(listeners.unattached());
      Closing.closeAll(settings.name(), collaborators);
      if (member != null) {
        member.leave();
      }
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
        new CacheLifecycle<>(parts, offer.owner, configuration, listeners, collaborators);
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
    boolean awaitsOthers = settings.events().synchronous() == CacheSettings.Synchronous.CLUSTER;
    Placed placed = Placed.of(redis, offer.namespace, settings, listeners::hearExpiries);
    Layout layout = placed.layout();
    boolean byKeys = layout.kind() == Layout.Kind.KEYS;
    Member joined = offer.group.join(name, redis, awaitsOthers, byKeys);
    member = joined;
    if (byKeys) {
      joined.beforeFirstChange(placed.question());
    }
    EntryStore entries = placed.entries(joined);
    Coding<K, V> coding = coding();
    Expiry expiry = new Expiry(made(configuration.getExpiryPolicyFactory()), settings.ttlJitter());
    CacheStatistics statistics = new CacheStatistics();
    statistics.shows(layout.name(), layout.partitions());
    LongSupplier nanos = System::nanoTime;
    @Nullable LocalTier<K, V> local =
        new LocalAssembly(settings, expiry, statistics, offer.timer, nanos)
            .tier(coding, collaborators::add);
    return new CacheParts<>(
        name,
        settings,
        placed,
        LocalAssembly.invalidating(
            absences == null ? entries : new Watched(entries, absences), local),
        local,
        coding,
        expiry,
        writer(),
        events(joined, entries, coding, local, statistics),
        statistics,
        new KeyLocks(name, offer.deadline),
        new Leases(aside(redis, "invoke"), offer.deadline),
        offer.deadline,
        offer.loading,
        offer.fetching,
        nanos);
  }

  private EventFlow<K, V> events(
      Member joined,
      EntryStore entries,
      Coding<K, V> coding,
      @Nullable LocalTier<K, V> local,
      CacheStatistics statistics) {
    CacheSettings.Events events = settings.events();
    EventDispatcher<K, V> dispatcher =
        new EventDispatcher<>(
            this::self,
            offer.listening,
            events.queue(),
            () -> statistics.count(CacheStatistics.Event.LOST_EVENT, 1));
    EventOrder order =
        new EventOrder(offer.telling, events.queue(), System::nanoTime, LONGEST_TURN);
    Hearing<K, V> hearing =
        new Hearing<>(
            new Hearing.Parts<>(
                dispatcher,
                order,
                joined,
                entries,
                coding,
                local,
                statistics,
                offer.talking,
                offer.timer));
    joined.tell(hearing);
    if (local != null) {
      offer.group.silence(settings.local().maxStaleness());
    }
    return new EventFlow<>(dispatcher, order, joined, hearing, events.deadline());
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
