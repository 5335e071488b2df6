// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.store.Corner.Presence;

/** Where a layout has the entries of one cache, for those who look and write past the provider. */
interface Place {
  Placing placing();

  EntryStore store(Redis redis, Audience audience, int page);

  /** A pattern of the keys that the server may notify of. */
  String notified();

  /** Stores an entry, as somebody would who knows of no shadow. */
  void set(EntryKey key, byte[] value, long lifetime);

  /** Removes an entry, as somebody would who knows of no shadow. */
  void drop(EntryKey key);

  /** The entry and its lifetime. */
  Stored stored(EntryKey key);

  /** The milliseconds that an entry has left; -1 without an end, -2 absent. */
  long left(EntryKey key);

  /** The key of an entry's shadow. */
  byte[] shadow(EntryKey key);

  /** Brings an entry into this state. */
  default void prepare(EntryKey key, Presence presence) {
    drop(key);
    if (presence.isThere()) {
      set(key, Corner.OLD, presence == Presence.TIMED ? Corner.BEFORE : Lifetimes.ETERNAL);
    }
  }
}
