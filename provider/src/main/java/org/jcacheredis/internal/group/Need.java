// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

/** What a cache needs of the connection that listens. */
public enum Need {
  /** Its listeners want to hear of changes. */
  EVENTS,
  /** One of them wants the values before a change. */
  OLD_VALUES,
  /** The values of expired entries are wanted, or copies are all by which ends are known. */
  EXPIRED_VALUES,
  /** One of them is synchronous: changes are acknowledged to who asks for it. */
  ACKNOWLEDGING,
  /** Its local tier must know which entries are not what they were. */
  INVALIDATIONS
}
