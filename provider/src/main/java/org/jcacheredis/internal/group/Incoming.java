// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jcacheredis.internal.connection.Subscriber;
import org.jcacheredis.internal.entry.EntryKey;
import org.jspecify.annotations.Nullable;

/** What comes in on the connection, given to whom it concerns. Called by its one reading thread. */
final class Incoming implements Subscriber.Sink {
  private final Group group;

  Incoming(Group group) {
    this.group = group;
  }

  @Override
  public void message(String channel, byte[] payload) {
    Member member = group.memberAt(channel);
    if (member != null) {
      member.message(payload);
      return;
    }
    ControlMessage message = ControlMessage.parse(payload);
    if (message != null) {
      group.interests().hear(message);
    }
  }

  @Override
  public void notified(byte[] key, String event) {
    Member member = memberOf(key);
    if (member != null) {
      member.notified(entry(member, key), event);
    }
  }

  @Override
  public void invalidated(byte @Nullable [] key) {
    if (key == null) {
      group.members().forEach(member -> member.invalidated(null));
      return;
    }
    Member member = memberOf(key);
    if (member != null) {
      member.invalidated(entry(member, key));
    }
  }

  /** Names of keys begin with namespace and cache; neither has a colon of its own. */
  private @Nullable Member memberOf(byte[] key) {
    int colons = 0;
    for (int i = 0; i < key.length; i++) {
      if (key[i] == ':' && ++colons == 2) {
        return group.memberWith(new String(key, 0, i + 1, StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  private static EntryKey entry(Member member, byte[] key) {
    return new EntryKey(Arrays.copyOfRange(key, member.prefixLength(), key.length));
  }

  @Override
  public void up() {
    group.up();
  }

  @Override
  public void down(String reason) {
    group.down(reason);
  }
}
