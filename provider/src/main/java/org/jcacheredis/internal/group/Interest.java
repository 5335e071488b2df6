// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.util.EnumSet;
import java.util.Set;
import org.jcacheredis.internal.store.Announcing.Wish;

/**
 * How many nodes listen to one cache, this one included, by the server's own count.
 *
 * @param listeners nodes with any listener
 * @param oldValues nodes that want the values before a change
 * @param expiredValues nodes that want the values of expired entries
 * @param synchronous nodes with synchronous listeners, which acknowledge when asked to
 */
record Interest(long listeners, long oldValues, long expiredValues, long synchronous) {
  static final Interest NONE = new Interest(0, 0, 0, 0);

  /** Whether a change has to be announced. */
  boolean exists() {
    return listeners > 0;
  }

  /** What an announcement has to carry. */
  Set<Wish> wishes() {
    Set<Wish> wishes = EnumSet.noneOf(Wish.class);
    if (oldValues > 0) {
      wishes.add(Wish.OLD_VALUE);
    }
    if (expiredValues > 0) {
      wishes.add(Wish.SHADOW);
    }
    return wishes;
  }

  /** The same, without those that do not acknowledge. */
  Interest withSynchronous(long answering) {
    return new Interest(listeners, oldValues, expiredValues, answering);
  }
}
