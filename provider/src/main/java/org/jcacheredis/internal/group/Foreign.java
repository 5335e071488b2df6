// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

/** What a keyspace notification tells that no announcement has told. */
public enum Foreign {
  /** Some client stored an entry where none was. */
  CREATED,
  /** Some client stored an entry; on servers that do not notify of new keys, perhaps a new one. */
  UPDATED,
  /** Some client took the entry away. */
  REMOVED,
  /** The server found the entry's lifetime over; nobody announces that, whoever stored it. */
  EXPIRED,
  /** The entry is the same, its lifetime is another. */
  LIFETIME
}
