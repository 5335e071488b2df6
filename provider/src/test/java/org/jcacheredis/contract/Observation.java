// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import java.util.List;
import javax.cache.event.EventType;

/**
 * What one step of a history gave and did. What comes in no prescribed order is sorted.
 *
 * @param result what was returned, or the simple name of the class that was thrown
 * @param liveKeys the keys with a live entry afterwards
 */
record Observation(
    Object result,
    List<String> liveKeys,
    Counters counted,
    List<Told> told,
    List<Written> written,
    List<String> loaded) {

  /** An event. */
  record Told(EventType type, String key, String value, String old) {}

  /** A call of the writer. */
  record Written(String method, List<String> keys) {}

  Observation withResult(Object other) {
    return new Observation(other, liveKeys, counted, told, written, loaded);
  }

  Observation withCounted(Counters other) {
    return new Observation(result, liveKeys, other, told, written, loaded);
  }

  Observation withTold(List<Told> other) {
    return new Observation(result, liveKeys, counted, other, written, loaded);
  }

  Observation withWritten(List<Written> other) {
    return new Observation(result, liveKeys, counted, told, other, loaded);
  }

  Observation withLoaded(List<String> other) {
    return new Observation(result, liveKeys, counted, told, written, other);
  }
}
