// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.util.Arrays;
import org.jcacheredis.internal.store.Announcement;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what one connection brings: which notifications belong to an announcement, and what the
 * others mean. Announcement and notifications of one script arrive one after the other, with
 * nothing of another script in between; only some of the notifications may be switched on. As seen
 * on Redis 7.0 and 8.0 and Valkey 9.1, alike:
 *
 * <table>
 * <caption>What follows an announcement that a script publishes before its write</caption>
 * <tr><th>the script then does<th>notifications
 * <tr><td>SET PX of a new key<td>new, set, expire
 * <tr><td>SET of a new key<td>new, set
 * <tr><td>SET PX of a present key<td>set, expire
 * <tr><td>SET, SET KEEPTTL of a present key<td>set
 * <tr><td>UNLINK<td>del
 * <tr><td>SET of a key past its time, not looked at before<td>expired, new, set
 * <tr><td>SET of a key past its time that the script has looked at before<td>(expired comes first)
 *     new, set
 * <tr><td>UNLINK of a key past its time<td>expired
 * <tr><td>a write that the server refuses (memory full, too few replicas)<td>none, though announced
 * </table>
 *
 * <p>RENAME, COPY REPLACE and RESTORE REPLACE tell of a new key even where one was. FLUSHDB tells
 * nothing. Redis 6.2 does not tell of new keys at all. Pure, for one thread.
 */
public final class Pairing {
  private byte @Nullable [] announced;
  private boolean stores;
  private boolean stored;
  private byte @Nullable [] created;

  /** The script that announced this goes on with the notifications of its write, if any. */
  public void announced(byte[] key, Announcement.Kind kind) {
    announced = key;
    stores = kind == Announcement.Kind.CREATED || kind == Announcement.Kind.UPDATED;
    stored = false;
    created = null;
  }

  /**
   * What a notification means, or null if it belongs to the announcement or is of no interest. That
   * a key is new is told by the notification that follows.
   */
  public @Nullable Foreign notified(byte[] key, String event) {
    return switch (event) {
      // these come in between, about a key that is read or about to be stored
      case "keymiss", "overwritten", "type_changed" -> null;
      case "new" -> {
        if (!isAnnounced(key) || !stores || stored) {
          announced = null;
          created = key;
        }
        yield null;
      }
      case "expired" -> {
        if (stored) {
          announced = null;
        }
        yield Foreign.EXPIRED;
      }
      default -> belongs(key, event) ? null : meaning(event, takeCreated(key));
    };
  }

  private boolean isAnnounced(byte[] key) {
    return announced != null && Arrays.equals(announced, key);
  }

  private boolean belongs(byte[] key, String event) {
    boolean belongs = isAnnounced(key) && (stores ? isStoring(event) : event.equals("del"));
    stored = belongs && event.equals("set");
    if (!stored) {
      announced = null;
    }
    return belongs;
  }

  private boolean isStoring(String event) {
    return event.equals("expire") || event.equals("set") && !stored;
  }

  private boolean takeCreated(byte[] key) {
    boolean isNew = created != null && Arrays.equals(created, key);
    if (isNew) {
      created = null;
    }
    return isNew;
  }

  private static @Nullable Foreign meaning(String event, boolean isNew) {
    return switch (event) {
      case "set",
          "append",
          "setrange",
          "setbit",
          "incrby",
          "incrbyfloat",
          "restore",
          "copy_to",
          "rename_to",
          "move_to" ->
          isNew ? Foreign.CREATED : Foreign.UPDATED;
      case "del", "rename_from", "move_from" -> Foreign.REMOVED;
      case "expire", "persist" -> Foreign.LIFETIME;
      default -> null;
    };
  }

  /** The connection was lost: what comes next belongs to nothing that came before. */
  public void reset() {
    announced = null;
    created = null;
  }
}
