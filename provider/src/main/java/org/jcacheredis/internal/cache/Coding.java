// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jcacheredis.codec.CodecException;
import org.jcacheredis.codec.EntryCodec;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.settings.CacheSettings.OnUndecodable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys and values of one cache to bytes and back: null and type checks on the way in, errors that
 * name cache and key on the way out. Thread-safe.
 */
final class Coding<K, V> {
  private static final Logger LOG = LoggerFactory.getLogger(Coding.class);

  private final String cache;
  private final EntryCodec codec;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final OnUndecodable onUndecodable;
  private final LongAdder undecodable = new LongAdder();

  Coding(
      String cache,
      EntryCodec codec,
      Class<K> keyType,
      Class<V> valueType,
      OnUndecodable onUndecodable) {
    this.cache = cache;
    this.codec = codec;
    this.keyType = keyType;
    this.valueType = valueType;
    this.onUndecodable = onUndecodable;
  }

  String cache() {
    return cache;
  }

  EntryCodec codec() {
    return codec;
  }

  Class<V> valueType() {
    return valueType;
  }

  EntryKey key(K key) {
    check("key", key, keyType);
    try {
      return new EntryKey(codec.encodeKey(key));
    } catch (CodecException e) {
      throw unencodable("key", e);
    }
  }

  byte[] value(V value) {
    check("value", value, valueType);
    try {
      return codec.encodeValue(value);
    } catch (CodecException e) {
      throw unencodable("value", e);
    }
  }

  /**
   * Lets only values pass that the cache may hold.
   *
   * @throws NullPointerException if it is null
   * @throws ClassCastException if it is not of the declared type
   */
  void checkValue(@Nullable V value) {
    check("value", value, valueType);
  }

  private void check(String role, @Nullable Object object, Class<?> type) {
    if (object == null) {
      throw new NullPointerException("cache '" + cache + "': " + role + " must not be null");
    }
    if (!type.isInstance(object)) {
      throw new ClassCastException(
          "cache '%s': %s of %s is no %s, the type declared with setTypes"
              .formatted(cache, role, object.getClass(), type.getName()));
    }
  }

  private CacheException unencodable(String role, CodecException e) {
    return new CacheException(
        "cache '%s': %s cannot be stored: %s".formatted(cache, role, e.getMessage()), e);
  }

  @SuppressWarnings("unchecked") // every key went in through key(K)
  K key(EntryKey key) {
    try {
      return (K) codec.decodeKey(key.bytes());
    } catch (CodecException e) {
      throw undecodable("key", key, e.getMessage(), e);
    }
  }

  /** The key of these bytes if it is simple; null if not, or if they make no key of this cache. */
  @Nullable Object simpleKey(EntryKey key) {
    try {
      return codec.decodeSimpleKey(key.bytes());
    } catch (CodecException e) {
      return null;
    }
  }

  /** As {@link #key}; where the setting says so, an undecodable key is counted and null. */
  @Nullable K keyOrMiss(EntryKey key) {
    return orMiss(() -> key(key));
  }

  /** Whether undecodable bytes are read as null, not told of by an exception. */
  boolean passesOverUndecodable() {
    return onUndecodable == OnUndecodable.MISS;
  }

  /** A copy of a key's object, made only when asked for; an immutable key stands for itself. */
  Supplier<K> keyCopy(K key, EntryKey entry) {
    return codec.isImmutable(key) ? () -> key : () -> key(entry);
  }

  /**
   * The value of these bytes.
   *
   * @throws CacheException naming cache, key and cause, if the bytes make no value of this cache
   */
  @SuppressWarnings("unchecked") // checked against the declared class
  V value(EntryKey key, byte[] bytes) {
    Object value;
    try {
      value = codec.decodeValue(bytes);
    } catch (CodecException e) {
      throw undecodable("value of key", key, e.getMessage(), e);
    }
    if (!valueType.isInstance(value)) {
      String fact = "it is a " + value.getClass().getName() + ", not a " + valueType.getName();
      throw undecodable("value of key", key, fact + ", the declared type", null);
    }
    return (V) value;
  }

  /**
   * As {@link #value}; where the setting says so, undecodable bytes are counted and read as null.
   */
  @Nullable V valueOrMiss(EntryKey key, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    return orMiss(() -> value(key, bytes));
  }

  private <T> @Nullable T orMiss(Supplier<T> read) {
    if (!passesOverUndecodable()) {
      return read.get();
    }
    try {
      return read.get();
    } catch (CacheException e) {
      if (undecodable.sum() == 0) {
        LOG.warn("read as a miss, as will be others like it: {}", e.getMessage());
      }
      undecodable.increment();
      return null;
    }
  }

  long undecodableReads() {
    return undecodable.sum();
  }

  private CacheException undecodable(
      String role, EntryKey key, @Nullable String fact, @Nullable CodecException cause) {
    return new CacheException(
        "cache '%s': %s '%s' cannot be read: %s".formatted(cache, role, key, fact), cause);
  }
}
