// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

/** Where a tier reports what it lost. Thread-safe. */
public interface Tally {
  /** An entry had to make room. */
  void evicted();

  /** So many entries were dropped, as they may have changed in Redis. */
  void invalidated(long entries);
}
