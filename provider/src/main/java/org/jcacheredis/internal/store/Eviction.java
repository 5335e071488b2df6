// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.util.List;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;

/** Whether a server drops keys when its memory is full. */
public enum Eviction {
  NONE,
  SOME,
  /** The server does not tell. */
  UNKNOWN;

  private static final String NO_LIMIT = "0";
  private static final String NO_EVICTION = "noeviction";

  /** What to ask the server, perhaps among other commands. */
  public static List<Command> questions() {
    return List.of(
        Command.of(Verb.CONFIG_GET).with("maxmemory"),
        Command.of(Verb.CONFIG_GET).with("maxmemory-policy"));
  }

  /** What the replies to the {@link #questions} say; a refusal is {@code UNKNOWN}. */
  public static Eviction of(List<Reply> replies) {
    String limit = value(replies.get(0));
    String policy = value(replies.get(1));
    if (limit.equals(NO_LIMIT) || policy.equals(NO_EVICTION)) {
      return NONE;
    }
    return limit.isEmpty() || policy.isEmpty() ? UNKNOWN : SOME;
  }

  /** The value of a setting; empty if the server does not tell. */
  private static String value(Reply reply) {
    if (reply.failure() != null || reply.elements().size() < 2) {
      return "";
    }
    return reply.elements().get(1).text();
  }
}
