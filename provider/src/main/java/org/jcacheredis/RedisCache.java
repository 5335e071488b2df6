// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.time.Duration;
import java.util.Optional;
import javax.cache.Cache;

/**
 * A cache on Redis, with what {@code javax.cache} has no words for. Every cache of this provider is
 * one: {@code cache.unwrap(RedisCache.class)}. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface RedisCache<K, V> extends Cache<K, V> {
  /**
   * Stores a value with a lifetime of its own, whatever the expiry policy says. Listeners, writer
   * and statistics are served as by {@link Cache#put}. One round trip; the server's clock decides.
   *
   * @param ttl how long the entry lives from now on, to the millisecond; at least 1 ms. More than
   *     some 1,100 years counts as eternal
   * @throws IllegalArgumentException if {@code ttl} is not positive
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if the cache is closed
   * @throws RedisException if the server refuses or does not answer; {@link RedisException#fate}
   *     says whether the entry may have been stored
   * @see <a href="https://redis.io/commands/set/">SET ... PX</a>
   */
  void put(K key, V value, Duration ttl);

  /**
   * How long an entry has to live. One round trip; counts as no access.
   *
   * @return empty if there is no entry; {@link #ETERNAL} if it has no end
   * @throws NullPointerException if the key is null
   * @throws IllegalStateException if the cache is closed
   * @throws RedisException if the server refuses or does not answer
   * @see <a href="https://redis.io/commands/pttl/">PTTL</a>
   */
  Optional<Duration> remainingTtl(K key);

  /** What {@link #remainingTtl} says of an entry that has no end. */
  Duration ETERNAL = Duration.ofSeconds(Long.MAX_VALUE);

  /**
   * The number of entries. Entries that come or go meanwhile may be counted or not.
   *
   * <p>In layout {@code keys} by a scan of the server's key space: a round trip for each page of
   * it, foreign keys included. In layout {@code hash} by one round trip, whatever the size; entries
   * whose lifetime has ended are counted until the server deletes them, mostly within a tenth of a
   * second. To count without these, iterate.
   *
   * @throws IllegalStateException if the cache is closed
   * @throws RedisException if the server refuses or does not answer
   * @see <a href="https://redis.io/commands/scan/">SCAN</a>
   * @see <a href="https://redis.io/commands/hlen/">HLEN</a>
   */
  long size();

  /**
   * How many stored values, and keys met in an iteration, this cache could not decode since it was
   * opened in this JVM and, the setting {@code on-undecodable} being {@code miss}, read as absent.
   * No round trip.
   */
  long undecodableReads();
}
