// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** An event as a listener saw it, read while the listener ran, and the thread that called it. */
public record RecordedEvent<K, V>(
    EventType type,
    K key,
    @Nullable V value,
    @Nullable V oldValue,
    boolean oldValueAvailable,
    String thread) {

  static <K, V> RecordedEvent<K, V> of(CacheEntryEvent<? extends K, ? extends V> event) {
    return new RecordedEvent<>(
        event.getEventType(),
        event.getKey(),
        event.getValue(),
        event.getOldValue(),
        event.isOldValueAvailable(),
        Thread.currentThread().getName());
  }
}
