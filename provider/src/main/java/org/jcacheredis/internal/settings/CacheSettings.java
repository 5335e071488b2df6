// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.time.Duration;
import java.util.List;
import org.jcacheredis.codec.CodecSettings;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of one cache: its defaults, then the templates that match its name,
 * then its own declaration.
 *
 * @param keyType a class name, or null where the configuration leaves it open
 * @param valueType a class name, or null where the configuration leaves it open
 * @param ttlJitter 0 to 100: by how many per cent a lifetime may be shortened at random
 * @param bulkSize the most keys in one pipeline
 * @param bulkBytes the most bytes of keys and values in one pipeline
 * @param scanSize the COUNT of one SCAN page
 */
public record CacheSettings(
    String name,
    @Nullable String keyType,
    @Nullable String valueType,
    Expiry expiry,
    int ttlJitter,
    CodecSettings codec,
    OnUndecodable onUndecodable,
    Loading loading,
    boolean statistics,
    boolean management,
    int bulkSize,
    int bulkBytes,
    int scanSize,
    Placement placement,
    Events events,
    Local local) {

  /** What to do with bytes that no codec of the cache can read. */
  public enum OnUndecodable {
    FAIL,
    MISS
  }

  /**
   * Lifetimes from the configuration; null where it says nothing, or {@code unchanged}. {@link
   * #ETERNAL} means no end, zero an entry that ends at once.
   */
  public record Expiry(
      @Nullable Duration created, @Nullable Duration updated, @Nullable Duration accessed) {
    /** No end: larger than any lifetime that can be configured. */
    public static final Duration ETERNAL = Duration.ofSeconds(Long.MAX_VALUE);

    /** Whether the configuration says anything at all of lifetimes. */
    public boolean isConfigured() {
      return created != null || updated != null || accessed != null;
    }
  }

  /**
   * How loads behave.
   *
   * @param negativeTtl how long a loader's null is remembered; zero for not at all
   * @param lease whether JVMs take turns to load one key
   * @param leaseTtl after how long an unrenewed lease of a dead JVM ends
   * @param leaseWait how long another JVM waits for the loaded value before it loads by itself
   */
  public record Loading(
      Duration negativeTtl, boolean lease, Duration leaseTtl, Duration leaseWait) {}

  /**
   * Where the entries are.
   *
   * @param partitions a power of two; null for what is noted in the server, else the default.
   *     Without a meaning for {@code KEYS}
   */
  public record Placement(Kind kind, @Nullable Integer partitions) {
    /** A key an entry, a number of hashes, or what suits server and cache. */
    public enum Kind {
      KEYS,
      HASH,
      AUTO
    }
  }

  /**
   * How listeners are told.
   *
   * @param queue the most events that wait for asynchronous listeners
   * @param synchronous whose synchronous listeners a call waits for
   * @param deadline the longest wait of one call for the synchronous listeners of other JVMs
   */
  public record Events(int queue, Synchronous synchronous, Duration deadline) {}

  /** Whose synchronous listeners a call waits for: those of its own JVM, or of all. */
  public enum Synchronous {
    LOCAL,
    CLUSTER
  }

  /**
   * Values kept in this JVM.
   *
   * @param maxEntries the most entries; without a meaning where {@code maxWeight} is set
   * @param maxWeight the most bytes of keys and values, as they are in Redis; null for a bound by
   *     entries
   * @param ttl the longest a value stays, whatever is heard of it
   * @param maxStaleness the longest a silent link to the server goes unnoticed
   * @param immutableTypes names of classes whose objects may be shared between callers
   */
  public record Local(
      boolean enabled,
      int maxEntries,
      @Nullable Long maxWeight,
      Duration ttl,
      Duration maxStaleness,
      List<String> immutableTypes,
      AccessExpiry accessExpiry) {}

  /** What becomes of a cache that has a local tier, whose hits touch nothing, and access expiry. */
  public enum AccessExpiry {
    WARN,
    REFUSE
  }
}
