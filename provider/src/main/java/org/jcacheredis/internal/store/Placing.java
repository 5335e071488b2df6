// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/** Where entries are in Redis, and which of the server's own commands change them there. */
interface Placing {
  /**
   * A program on one entry; the arguments of its own are to be added.
   *
   * @param announcing null if nobody listens
   */
  Command script(Program program, EntryKey key, @Nullable Announcing announcing);

  /**
   * The one native command that carries out a change of which nobody is told and whose guard is not
   * {@code IF_EQUAL}; null if there is none.
   */
  @Nullable Plan natively(Change change);
}
