// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisException;

/** What a caller sees of a command that another thread ends. */
class PendingCommandTest {
  private static final int TIMES = 300_000;

  /** Without the reason, a command that was never sent would look like one answered with nil. */
  @Test
  void withdraw_byAnotherThread_isNeverOverWithoutItsReason() throws InterruptedException {
    JedisException reason = new JedisException("cannot connect");
    AtomicReference<PendingCommand> next = new AtomicReference<>();
    Thread leader =
        new Thread(
            () -> {
              for (int i = 0; i < TIMES; i++) {
                PendingCommand command = null;
                while (command == null) {
                  command = next.getAndSet(null);
                }
                command.withdraw(reason);
              }
            });
    leader.setDaemon(true);
    leader.start();
    int withoutReason = 0;
    for (int i = 0; i < TIMES; i++) {
      PendingCommand command = EchoConnection.command("key");
      next.set(command);
      while (!command.isOver()) {
        Thread.onSpinWait();
      }
      withoutReason += command.failure() == null ? 1 : 0;
    }
    leader.join();
    assertThat(withoutReason).isZero();
  }
}
