// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.store.TimedValue;
import org.jspecify.annotations.Nullable;

/**
 * Values of one cache kept in this JVM. Who reads an entry from Redis takes a ticket before, and
 * has the value kept with it: that is refused if the entry was invalidated in between. Suspended at
 * first and whenever invalidations may be missed; it holds nothing then. Thread-safe; does no I/O
 * and never waits for any.
 */
public final class LocalTier<K, V> implements AutoCloseable {
  private static final int STRIPE_BITS = 10;
  private static final int GOLDEN_RATIO = 0x9E3779B9;

  /** Beyond this the longest {@code ttl} that can be set comes first. */
  private static final long FAR_MILLIS = Duration.ofDays(2).toMillis();

  private final Content<K, V> content;
  private final CacheSettings.Local settings;
  private final LongSupplier nanos;
  private final Ticker coarse;
  private final Tally tally;
  private final AtomicLongArray stamps = new AtomicLongArray(1 << STRIPE_BITS);

  /**
   * What is kept: simple keys stand for themselves, others as {@link EntryKey}; shared values
   * without an end for themselves, others as {@link Held}. To drop everything is to begin another,
   * so that no ticket of before can bring anything back. Null while suspended.
   */
  private volatile @Nullable Cache<Object, Object> kept;

  private boolean closed;

  /**
   * A tier that is suspended.
   *
   * @param nanos the clock of the lifetimes, as {@code System.nanoTime}
   * @param coarse the clock of {@code ttl}: as {@code nanos}, but never read out of turn; at most
   *     {@link #step} behind
   */
  public LocalTier(
      Content<K, V> content,
      CacheSettings.Local settings,
      LongSupplier nanos,
      Ticker coarse,
      Tally tally) {
    this.content = content;
    this.settings = settings;
    this.nanos = nanos;
    this.coarse = coarse;
    this.tally = tally;
  }

  /** How far the coarse clock of a tier may be behind: values are dropped so much earlier. */
  public static Duration step(Duration ttl) {
    long nanos = ttl.toNanos() >> 4;
    return Duration.ofNanos(
        Math.max(TimeUnit.MILLISECONDS.toNanos(1), Math.min(nanos, TimeUnit.SECONDS.toNanos(1))));
  }

  /** A moment before a read. Worthless after the next invalidation of its key. */
  public static final class Ticket {
    private final Cache<Object, Object> kept;
    private final int stripe;
    private final long stamp;
    private final long nanos;

    private Ticket(Cache<Object, Object> kept, int stripe, long stamp, long nanos) {
      this.kept = kept;
      this.stripe = stripe;
      this.stamp = stamp;
      this.nanos = nanos;
    }
  }

  /** The value that is kept for a key, for the caller to do with as it likes; null if none is. */
  @SuppressWarnings("unchecked") // keep() put in what the cache holds
  public @Nullable V get(K key) {
    Cache<Object, Object> now = kept;
    if (now == null) {
      return null;
    }
    // of a string the compiler knows whose equals is called, which halves the time
    Object value = key instanceof String text ? now.getIfPresent(text) : now.getIfPresent(id(key));
    return value instanceof Held held ? opened(now, key, held) : (V) value;
  }

  @SuppressWarnings("unchecked") // as above
  private @Nullable V opened(Cache<Object, Object> now, K key, Held held) {
    if (isOver(held)) {
      now.asMap().remove(id(key), held);
      return null;
    }
    return held.bytes == null ? (V) held.shared : content.decode(held.entry, held.bytes);
  }

  /** Whether a value is kept for a key. */
  public boolean holds(K key) {
    Cache<Object, Object> now = kept;
    Object value = now == null ? null : now.getIfPresent(id(key));
    return value instanceof Held held ? !isOver(held) : value != null;
  }

  private boolean isOver(Held held) {
    return held.deadline != null && held.deadline.isOver(nanos.getAsLong());
  }

  private Object id(K key) {
    return content.isSimple(key) ? key : content.entry(key);
  }

  /** A ticket for the read of an entry that is about to begin; null while suspended. */
  public @Nullable Ticket begin(EntryKey entry) {
    Cache<Object, Object> now = kept;
    if (now == null) {
      return null;
    }
    int stripe = stripe(entry);
    return new Ticket(now, stripe, stamps.get(stripe), nanos.getAsLong());
  }

  /**
   * Keeps what was read with a ticket, unless the entry was invalidated since, has no time left, or
   * its key does not come back equal from its bytes.
   *
   * @param value what the bytes were decoded to
   */
  public void keep(K key, EntryKey entry, Ticket ticket, TimedValue read, V value) {
    byte[] bytes = read.bytes();
    boolean ends = read.remaining() != Lifetimes.ETERNAL && read.remaining() < FAR_MILLIS;
    boolean isSimple = content.isSimple(key);
    if (bytes == null || (ends && read.remaining() <= 0)) {
      return;
    }
    if (isSimple && !key.equals(content.simple(entry))) {
      return; // an invalidation would not find it
    }
    Held.Deadline deadline =
        ends
            ? new Held.Deadline(ticket.nanos + TimeUnit.MILLISECONDS.toNanos(read.remaining()))
            : null;
    // the caller's own object: it may well come again, and then is found without a comparison
    keep(isSimple ? key : entry, ticket, held(entry, bytes, value, deadline));
  }

  /** Under the lock of the one key: an invalidation comes before, and is seen, or after. */
  private void keep(Object id, Ticket ticket, Object value) {
    ticket
        .kept
        .asMap()
        .compute(id, (same, old) -> stamps.get(ticket.stripe) == ticket.stamp ? value : null);
  }

  private Object held(EntryKey entry, byte[] bytes, V value, Held.@Nullable Deadline deadline) {
    if (!content.isShareable(value)) {
      return Held.copied(entry, bytes, deadline);
    }
    return deadline == null && settings.maxWeight() == null
        ? value
        : Held.shared(entry, value, entry.size() + bytes.length, deadline);
  }

  /** Drops an entry that may have changed; a read of it that is under way is not kept. */
  public void invalidate(EntryKey entry) {
    stamps.incrementAndGet(stripe(entry)); // before anything is dropped
    Cache<Object, Object> now = kept;
    if (now == null) {
      return;
    }
    Object simple = content.simple(entry);
    if (now.asMap().remove(simple == null ? entry : simple) != null) {
      tally.invalidated(1);
    }
  }

  /** As {@link #invalidate(EntryKey)}, one after the other. */
  public void invalidate(Collection<EntryKey> entries) {
    entries.forEach(this::invalidate);
  }

  /** Drops everything; no read that is under way is kept. */
  public synchronized void invalidateAll() {
    if (kept != null) {
      tally.invalidated(size());
      kept = empty();
    }
  }

  /** Invalidations may be missed from now on: drops everything and keeps nothing. Idempotent. */
  public synchronized void suspend() {
    tally.invalidated(size());
    kept = null;
  }

  /**
   * Each change that comes to Redis from now on will be told of: begins to keep, with nothing.
   * Drops what is kept if it was not suspended; does nothing once closed.
   */
  public synchronized void resume() {
    if (!closed) {
      tally.invalidated(size());
      kept = empty();
    }
  }

  public boolean isSuspended() {
    return kept == null;
  }

  /** Suspends for ever. */
  @Override
  public synchronized void close() {
    closed = true;
    suspend();
  }

  /** About how many values are kept. */
  public long size() {
    Cache<Object, Object> now = kept;
    return now == null ? 0 : now.estimatedSize();
  }

  private Cache<Object, Object> empty() {
    Caffeine<Object, Object> bounds =
        Caffeine.newBuilder()
            .expireAfterWrite(settings.ttl().minus(step(settings.ttl())))
            .ticker(coarse)
            .executor(Runnable::run) // so that no thread outlives the cache
            .evictionListener((key, value, cause) -> count(cause));
    Long weight = settings.maxWeight();
    return weight == null
        ? bounds.maximumSize(settings.maxEntries()).build()
        : bounds
            .maximumWeight(weight)
            .weigher((Object id, Object value) -> ((Held) value).weight)
            .build();
  }

  private void count(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      tally.evicted();
    }
  }

  private static int stripe(EntryKey entry) {
    return entry.hashCode() * GOLDEN_RATIO >>> Integer.SIZE - STRIPE_BITS;
  }
}
