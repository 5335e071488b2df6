// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.settings.ConnectionSettings;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.Rawable;

/** What a pipeline that is cut leaves behind. */
class ExchangeIT {
  private static final int DATABASE = 3;

  /**
   * The sender is held up between two commands for longer than the operation timeout, as by a long
   * garbage collection: the rest must not go out over a connection without password and database.
   */
  @Test
  void run_cutBetweenTwoCommands_sendsNothingOverAnUnpreparedConnection() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (RedisServer server = RedisServer.start();
        FaultProxy proxy = FaultProxy.before(server);
        RedisProbe probe = RedisProbe.of(server)) {
      ConnectionSettings settings = settings(proxy.uri());
      Clients.Client client = Clients.standalone(settings, timer);
      Exchange exchange = new Exchange(client, new Failures(settings), timer, settings);
      List<CommandArguments> commands =
          List.of(
              set("first"),
              set("second", () -> await().until(() -> proxy.connections() == 0)),
              set("third"));
      assertThatThrownBy(() -> exchange.run("cache 'orders'", Verb.SET, commands, 30))
          .isInstanceOf(RedisException.class)
          .hasMessageContaining("within 300 ms");
      assertThat(probe.command("INFO", "keyspace").toString()).doesNotContain("db0:");
      assertThat(exchange.run("cache 'orders'", Verb.SET, List.of(set("later")), 10)).hasSize(1);
      assertThat(probe.command("INFO", "keyspace").toString()).contains("db3:keys=1");
      client.jedis().close();
    } finally {
      timer.shutdownNow();
    }
  }

  private static CommandArguments set(String key) {
    return set(key, () -> {});
  }

  private static CommandArguments set(String key, Runnable hold) {
    CommandArguments held =
        new CommandArguments(Protocol.Command.SET) {
          @Override
          public Iterator<Rawable> iterator() {
            hold.run();
            return super.iterator();
          }
        };
    return held.key(key).add("v");
  }

  private static ConnectionSettings settings(URI uri) {
    ConnectionSettings patient = Connections.settings(uri, Duration.ofSeconds(1));
    return new ConnectionSettings(
        uri,
        null,
        null,
        DATABASE,
        "exchange",
        patient.connectTimeout(),
        patient.commandTimeout(),
        Duration.ofMillis(300),
        patient.pipelining(),
        patient.pool(),
        patient.tls(),
        false);
  }
}
