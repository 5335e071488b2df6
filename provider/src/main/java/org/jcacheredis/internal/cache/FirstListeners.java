// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jcacheredis.internal.event.Subscription;

/**
 * The listeners that a cache is created with. What they hear shows only when they are made, and
 * each factory is asked once: whoever wants to know early makes them early. Of one thread.
 */
final class FirstListeners<K, V> {
  private final List<CacheEntryListenerConfiguration<K, V>> configurations;

  /** Those of the first configurations that are made. */
  private final List<Subscription<K, V>> made = new ArrayList<>();

  /** How many of the first somebody else looks after. */
  private int attached;

  FirstListeners(List<CacheEntryListenerConfiguration<K, V>> configurations) {
    this.configurations = configurations;
  }

  /** Whether one of them hears of entries that expire; makes all of them. */
  boolean hearExpiries() {
    while (made.size() < configurations.size()) {
      made.add(new Subscription<>(configurations.get(made.size())));
    }
    return made.stream().anyMatch(each -> each.hears(EventType.EXPIRED));
  }

  /** Attaches them, in their order; those that are not made yet are made now. */
  void register(EventFlow<K, V> events) {
    while (attached < configurations.size()) {
      int at = attached;
      CacheEntryListenerConfiguration<K, V> configuration = configurations.get(at);
      events.register(
          configuration, () -> at < made.size() ? made.get(at) : new Subscription<>(configuration));
      attached++;
    }
  }

  /** What was made and is attached nowhere, to be closed. */
  List<Object> unattached() {
    List<Object> objects = new ArrayList<>();
    made.stream().skip(attached).forEach(each -> objects.addAll(each.collaborators()));
    return objects;
  }
}
