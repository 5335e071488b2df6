// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Announcement;
import org.jspecify.annotations.Nullable;

/**
 * What one cache hears from the server, in the order in which it happened there. Called by the one
 * thread that reads the connection: must not block.
 */
public interface Receiver {
  /** A change that its script has announced. */
  void announced(Announcement announcement);

  /** A change by somebody who announces nothing, or the end of an entry's time. */
  void notified(EntryKey key, Foreign change);

  /** Some entry is not what it was; null: all of them. Not in order with the other messages. */
  void invalidated(@Nullable EntryKey key);

  /** A message of a newer version, or a broken one, was passed over. */
  void skipped();

  /** From now on everything is heard. */
  void linkUp();

  /** From now on, and until {@link #linkUp}, anything may be missed. */
  void linkDown();
}
