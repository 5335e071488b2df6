// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;

/** Notes which entries expired when, and with which value. Thread-safe. */
final class ExpiryWatch implements CacheEntryExpiredListener<String, String> {
  private final Map<String, List<Expired>> expired = new ConcurrentHashMap<>();

  /** An event, and when it came. */
  record Expired(String value, String oldValue, long nanos) {}

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
    long now = System.nanoTime();
    events.forEach(
        event ->
            expired
                .computeIfAbsent(event.getKey(), key -> new CopyOnWriteArrayList<>())
                .add(new Expired(event.getValue(), event.getOldValue(), now)));
  }

  MutableCacheEntryListenerConfiguration<String, String> configuration(
      boolean synchronous, boolean oldValueRequired) {
    Factory<ExpiryWatch> factory = () -> this;
    return new MutableCacheEntryListenerConfiguration<>(
        factory, null, oldValueRequired, synchronous);
  }

  /** The events of one entry. */
  List<Expired> of(String key) {
    return expired.getOrDefault(key, List.of());
  }

  /** The entries that have expired. */
  int keys() {
    return expired.size();
  }

  int events() {
    return expired.values().stream().mapToInt(List::size).sum();
  }

  /** How long after its end each entry's event came; the ends are by key. */
  List<Long> lateness(Map<String, Long> ends) {
    List<Long> late = new ArrayList<>();
    ends.forEach((key, end) -> of(key).forEach(each -> late.add(each.nanos() - end)));
    return late;
  }
}
