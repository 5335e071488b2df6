// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.Expiry;
import org.jcacheredis.internal.integration.Writer;
import org.jcacheredis.internal.local.LocalTier;
import org.jcacheredis.internal.management.CacheStatistics;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.store.Chunks;
import org.jcacheredis.internal.store.EntryStore;
import org.jcacheredis.internal.store.Leases;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one cache work with.
 *
 * @param placed where {@code store} has the entries
 * @param store tells the local tier of its changes
 * @param local null if nothing is kept in this JVM
 * @param leases turns between JVMs at a contended key
 * @param background where {@code loadAll} runs
 * @param ahead where pages of iterations are fetched before they are asked for; may refuse
 * @param nanos the clock of the statistics; lifetimes are the server's affair
 */
record CacheParts<K, V>(
    String name,
    CacheSettings settings,
    Placed placed,
    EntryStore store,
    @Nullable LocalTier<K, V> local,
    Coding<K, V> coding,
    Expiry expiry,
    Writer<K, V> writer,
    EventFlow<K, V> events,
    CacheStatistics statistics,
    KeyLocks locks,
    Leases leases,
    Duration deadline,
    Executor background,
    Executor ahead,
    LongSupplier nanos) {

  /** How bulk calls are cut, for the server, the loader and the writer alike. */
  Chunks chunks() {
    return new Chunks(settings.bulkSize(), settings.bulkBytes());
  }
}
