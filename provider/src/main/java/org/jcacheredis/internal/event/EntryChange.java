// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import java.util.function.Supplier;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A change of one entry, its values decoded only if somebody looks.
 *
 * @param current the value after the change; null if the change left none
 * @param previous the value before it; null if there was none or nobody asked for it
 */
public record EntryChange<K, V>(
    Supplier<K> key,
    @Nullable Supplier<@Nullable V> current,
    @Nullable Supplier<@Nullable V> previous) {

  /** The value that an event of this type carries: of what is gone, the value that is gone. */
  Supplier<@Nullable V> value(EventType type) {
    Supplier<@Nullable V> shown = isEnd(type) ? last() : current;
    return shown == null ? () -> null : shown;
  }

  /** The old value that an event of this type carries; null if it has none to show. */
  @Nullable Supplier<@Nullable V> oldValue(EventType type) {
    return switch (type) {
      case CREATED -> null;
      case UPDATED -> previous;
      case REMOVED, EXPIRED -> last();
    };
  }

  /** What was there last: an update with a lifetime of zero ends the new value, not the old. */
  private @Nullable Supplier<@Nullable V> last() {
    return current == null ? previous : current;
  }

  private static boolean isEnd(EventType type) {
    return type == EventType.REMOVED || type == EventType.EXPIRED;
  }
}
