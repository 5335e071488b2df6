// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

/** What becomes of the news that an entry has expired. */
public enum Claim {
  /** An announcement of it, with the value, was made just now. */
  TOLD,
  /** Somebody has announced it already. */
  CLAIMED,
  /** There is an entry again: whoever made it has announced the end of the one before. */
  OVERTAKEN,
  /** Nobody knows the value, and nothing was announced. */
  UNKNOWN
}
