// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import java.util.List;
import java.util.Set;
import javax.cache.event.EventType;

/**
 * The consequences of one operation with one outcome.
 *
 * @param counters what the statistics count
 * @param events what listeners hear, in this order
 * @param lifetime which answer of the expiry policy applies
 */
public record Effect(Set<Counter> counters, List<EventType> events, Lifetime lifetime) {
  /** What the statistics count. */
  public enum Counter {
    HIT,
    MISS,
    PUT,
    REMOVAL
  }

  /** Which question the expiry policy is asked. */
  public enum Lifetime {
    NONE,
    CREATION,
    UPDATE,
    ACCESS
  }
}
