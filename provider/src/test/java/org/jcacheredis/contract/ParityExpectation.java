// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import javax.cache.event.EventType;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;

/**
 * What an operation must give, leave in the cache, count, tell, write and ask; null where nothing.
 */
public record ParityExpectation(
    Object result, String content, Counters counted, EventType event, Method written, Call asked) {

  static ParityExpectation created(Object result, Counters counted, Method written) {
    return new ParityExpectation(result, "w", counted, EventType.CREATED, written, Call.CREATION);
  }

  static ParityExpectation updated(Object result, Counters counted, Method written) {
    return new ParityExpectation(result, "w", counted, EventType.UPDATED, written, Call.UPDATE);
  }

  static ParityExpectation removed(Object result, Counters counted, Method written) {
    return new ParityExpectation(result, null, counted, EventType.REMOVED, written, null);
  }

  /** Changes and tells nothing; the cache is empty unless {@link #holding} says otherwise. */
  static ParityExpectation refused(Object result, Counters counted) {
    return new ParityExpectation(result, null, counted, null, null, null);
  }

  ParityExpectation holding(String value) {
    return new ParityExpectation(result, value, counted, event, written, asked);
  }

  ParityExpectation writing(Method method) {
    return new ParityExpectation(result, content, counted, event, method, asked);
  }

  ParityExpectation asking(Call call) {
    return new ParityExpectation(result, content, counted, event, written, call);
  }

  ParityExpectation telling(EventType type) {
    return new ParityExpectation(result, content, counted, type, written, asked);
  }

  ParityExpectation counting(Counters counters) {
    return new ParityExpectation(result, content, counters, event, written, asked);
  }

  ParityExpectation giving(Object other) {
    return new ParityExpectation(other, content, counted, event, written, asked);
  }
}
