// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.Collection;
import org.jcacheredis.internal.entry.EntryKey;

/**
 * Is told by {@link Watched} which entries were changed, before the changing call returns. Each
 * watcher takes the calls that it needs.
 */
public interface ChangeWatcher {
  /** The store has answered: these entries may hold another value, or none, from now on. */
  default void changed(Collection<EntryKey> keys) {}

  /** The store has answered: there are no entries any more. */
  default void cleared() {}

  /**
   * Anything at all may have become of these entries: told always, also when a change failed and
   * its fate is unknown, and when it was of the lifetime alone.
   */
  default void unsettled(Collection<EntryKey> keys) {}

  /** As {@link #unsettled}, of all entries. */
  default void unsettledAll() {}
}
