// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingListener;

/** How a listener may be registered. */
enum Flavour {
  SYNCHRONOUS(true, false),
  SYNCHRONOUS_WITH_OLD_VALUE(true, true),
  ASYNCHRONOUS(false, false),
  ASYNCHRONOUS_WITH_OLD_VALUE(false, true);

  private final boolean synchronous;
  private final boolean oldValueRequired;

  Flavour(boolean synchronous, boolean oldValueRequired) {
    this.synchronous = synchronous;
    this.oldValueRequired = oldValueRequired;
  }

  boolean isSynchronous() {
    return synchronous;
  }

  boolean isOldValueRequired() {
    return oldValueRequired;
  }

  <K, V> CacheEntryListenerConfiguration<K, V> configuration(RecordingListener<K, V> listener) {
    return listener.configuration(synchronous, oldValueRequired);
  }

  /** Fails unless the events are these; without old values required, those that come are right. */
  void check(List<RecordedEvent<String, String>> events, List<Told> expected) {
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      told.add(comparable(events.get(i), i < expected.size() ? expected.get(i) : null));
    }
    assertThat(told).isEqualTo(expected);
  }

  private Told comparable(RecordedEvent<String, String> event, Told expected) {
    assertThat(event.oldValueAvailable()).as("%s", event).isEqualTo(event.oldValue() != null);
    boolean isFilled = oldValueRequired || event.oldValue() != null || expected == null;
    return new Told(
        event.type(),
        event.key(),
        isFilled || event.type() != EventType.REMOVED ? event.value() : expected.value(),
        isFilled ? event.oldValue() : expected.oldValue());
  }

  /** What an event has to say. */
  record Told(EventType type, String key, String value, String oldValue) {}
}
