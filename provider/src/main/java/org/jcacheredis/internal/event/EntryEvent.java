// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What listeners are told. Values are copies of the cache's, made when first asked for. Used by one
 * thread at a time.
 */
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<K> key;
  private final transient Supplier<@Nullable V> value;
  private final transient @Nullable Supplier<@Nullable V> oldValue;

  EntryEvent(Cache<K, V> source, EventType type, EntryChange<K, V> change) {
    super(source, type);
    this.key = change.key();
    this.value = change.value(type);
    this.oldValue = change.oldValue(type);
  }

  @Override
  public K getKey() {
    return key.get();
  }

  @Override
  public @Nullable V getValue() {
    return value.get();
  }

  @Override
  public @Nullable V getOldValue() {
    return oldValue == null ? null : oldValue.get();
  }

  @Override
  public boolean isOldValueAvailable() {
    return oldValue != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("an entry event cannot be unwrapped to " + type.getName());
  }
}
