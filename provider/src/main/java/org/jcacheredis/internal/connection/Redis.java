// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import java.util.List;
import org.jcacheredis.RedisException;
import org.jspecify.annotations.Nullable;

/**
 * The server, as the store sees it. Thread-safe. Every wait ends by the command timeout. A command
 * that changes something is sent once and never repeated.
 */
public interface Redis extends AutoCloseable {
  /**
   * One command, one round trip.
   *
   * @throws RedisException saying whether the command may have happened
   */
  Reply call(Command command);

  /**
   * Many commands in one pipeline, one round trip; none for no commands. A command that the server
   * refuses does not keep the others from being done: its reply throws when it is looked at.
   *
   * @throws RedisException if no answer came, saying whether the commands may have happened
   */
  List<Reply> callAll(List<Command> commands);

  /**
   * Asks the server for a sign of life.
   *
   * @throws RedisException if there is none
   */
  default void ping() {
    call(Command.of(Verb.PING));
  }

  /** The same server, with another subject at the head of its error messages. */
  Redis speakingOf(String subject);

  /** The client library's own object of this type; null if there is none. */
  <T> @Nullable T unwrap(Class<T> type);

  @Override
  void close();
}
