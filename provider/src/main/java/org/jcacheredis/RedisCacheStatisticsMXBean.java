// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import javax.cache.management.CacheStatisticsMXBean;

/**
 * A cache's statistics in this JVM, with what is counted of its local tier and of its link to the
 * other JVMs, and the layout that it has in Redis: the MXBean {@code
 * javax.cache:type=CacheStatistics,...} of every cache of this provider. Like all statistics these
 * are counted while statistics are enabled, and {@link #clear} resets them; gaps, skipped messages
 * and lost events are counted always and never reset. Thread-safe; no attribute costs a round trip.
 */
public interface RedisCacheStatisticsMXBean extends CacheStatisticsMXBean {
  /** Reads answered by the local tier; each is one of the {@code CacheHits}, too. */
  long getLocalHits();

  /** Reads that the local tier could not answer, though the cache has one. */
  long getLocalMisses();

  /** Values that the local tier dropped for want of room. */
  long getLocalEvictions();

  /** Values that the local tier dropped because they had, or may have, changed in Redis. */
  long getLocalInvalidations();

  /** About how many values the local tier holds now. */
  long getLocalEntries();

  /** How often the subscription to the server was lost: what happened meanwhile was not heard. */
  long getSubscriptionGaps();

  /** Messages that were passed over: broken, or of a newer version of this provider. */
  long getSkippedMessages();

  /**
   * Events that no listener was told of, as more came than could wait. With {@code layout = hash}
   * also ends of entries that may have passed unnoticed, as too many were due at once: the most
   * that it can be.
   */
  long getLostEvents();

  /** How the entries are laid out in Redis: {@code keys} or {@code hash}. */
  String getLayout();

  /** In how many hashes the entries are; 0 in layout {@code keys}. */
  int getPartitions();
}
