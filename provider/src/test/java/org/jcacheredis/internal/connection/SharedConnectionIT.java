// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jcacheredis.internal.connection.SilentServer.End;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.Rawable;

/** One batch on one connection that fails in the middle: who has a reply has the right one. */
class SharedConnectionIT {
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration IN_TIME = Duration.ofSeconds(4);

  @ParameterizedTest
  @EnumSource(
      value = End.class,
      names = {"SILENCE", "CLOSE"})
  void carry_serverAnswersTheFirstOfABatch_theOthersFail(End end) throws Exception {
    try (SilentServer server = new SilentServer(3, end)) {
      Batch batch = new Batch(() -> connect(server.uri(), null, 0));
      // the first alone, then five together: two of them are answered
      List<PendingCommand> commands = batch.run(5, null);
      assertThat(commands).allSatisfy(command -> assertThat(command.wasSent()).isTrue());
      assertThat(commands.stream().filter(command -> command.failure() == null)).hasSize(2);
      assertThat(commands)
          .filteredOn(command -> command.failure() == null)
          .allSatisfy(
              command ->
                  assertThat((byte[]) command.reply())
                      .isEqualTo(command.arguments().get(1).getRaw()));
      batch.lane.close();
    }
  }

  @Test
  void carry_replyComesInDrops_allWhoShareItEndInTime() throws Exception {
    try (SilentServer server = new SilentServer(1, End.TRICKLE)) {
      Batch batch = new Batch(() -> connect(server.uri(), null, 0));
      long start = System.nanoTime();
      List<PendingCommand> commands = batch.run(4, null);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
      assertThat(commands)
          .allSatisfy(command -> assertThat(Failures.isTimeout(command.failure())).isTrue());
      batch.lane.close();
    }
  }

  /**
   * The leader is held up between two commands, as by a long garbage collection, and another caller
   * closes the connection. Opened again in silence it would have no password and another database,
   * and the replies would belong to other commands.
   */
  @Test
  void carry_leaderIsHeldUpBetweenTwoCommands_noneGoesOutOverAnUnpreparedConnection()
      throws Exception {
    try (RedisServer server = RedisServer.start();
        FaultProxy proxy = FaultProxy.before(server);
        RedisProbe probe = RedisProbe.of(server)) {
      probe.command("CONFIG", "SET", "requirepass", "s3cret");
      Batch batch = new Batch(() -> connect(proxy.uri(), "s3cret", 3));
      CountDownLatch goOn = new CountDownLatch(1);
      List<PendingCommand> commands = batch.run(4, goOn);
      assertThat(commands)
          .allSatisfy(command -> assertThat(Failures.isTimeout(command.failure())).isTrue());
      PendingCommand later = command("SET", "later", null);
      batch.lane.carry(later);
      assertThat(later.failure()).isNull();
      assertThat(probe.command("INFO", "keyspace").toString())
          .contains("db3:keys=")
          .doesNotContain("db0:");
      assertThat((String) probe.command("CLIENT", "LIST")).contains("name=shared", "db=3");
      batch.lane.close();
      await().until(() -> proxy.connections() == 0);
    }
  }

  private static Connection connect(URI uri, String password, int database) {
    JedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .clientName("shared")
            .password(password)
            .database(database)
            .socketTimeoutMillis((int) TIMEOUT.toMillis() * 10)
            .build();
    return new OneTimeConnection(new HostAndPort(uri.getHost(), uri.getPort()), config);
  }

  private static PendingCommand command(String verb, String key, CountDownLatch goOn) {
    CommandArguments arguments = new HeldArguments(Protocol.Command.valueOf(verb), goOn).key(key);
    return new PendingCommand(verb.equals("SET") ? arguments.add("v") : arguments, 10);
  }

  /** Arguments that hold up whoever sends them. */
  private static final class HeldArguments extends CommandArguments {
    private final CountDownLatch goOn;

    HeldArguments(Protocol.Command command, CountDownLatch goOn) {
      super(command);
      this.goOn = goOn;
    }

    @Override
    public Iterator<Rawable> iterator() {
      try {
        if (goOn != null) {
          goOn.await();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return super.iterator();
    }
  }

  /** Callers that wait for a lane until they leave together. */
  private static final class Batch {
    final Lane lane;
    private final AtomicInteger breaks = new AtomicInteger();

    Batch(java.util.function.Supplier<Connection> opening) {
      Lane.Limits limits = new Lane.Limits(64, 65_536, TIMEOUT.toNanos());
      this.lane =
          new Lane(new LaneConnection(opening, breaks, System::nanoTime), limits, Runnable::run);
    }

    /**
     * One command takes the lane and is held up until the others wait; of these, the second is held
     * up until {@code goOn} if there is one, and goes on when the last has given up.
     */
    List<PendingCommand> run(int size, CountDownLatch goOn) throws Exception {
      String verb = goOn == null ? "GET" : "SET";
      CountDownLatch all = new CountDownLatch(1);
      Caller first = new Caller(lane, verb, "first", all);
      // only then the connection is open and the batch complete
      await().pollInterval(POLL).until(() -> LockSupport.getBlocker(first.thread) != null);
      List<Caller> others = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Caller caller = new Caller(lane, verb, "key" + i, i == 1 ? goOn : null);
        others.add(caller);
        await()
            .pollInterval(POLL)
            .until(() -> LockSupport.getBlocker(caller.thread) instanceof PendingCommand);
      }
      all.countDown();
      first.result();
      if (goOn != null) {
        others.get(size - 1).result();
        goOn.countDown();
      }
      List<PendingCommand> commands = new ArrayList<>();
      for (Caller other : others) {
        commands.add(other.result());
      }
      return commands;
    }
  }

  /** A thread with one command: its own, as it is the one that waits. */
  private static final class Caller {
    private final CompletableFuture<PendingCommand> result = new CompletableFuture<>();
    final Thread thread;

    Caller(Lane lane, String verb, String key, CountDownLatch goOn) {
      thread =
          new Thread(
              () -> {
                PendingCommand command = command(verb, key, goOn);
                lane.carry(command);
                result.complete(command);
              });
      thread.start();
    }

    PendingCommand result() throws Exception {
      return result.get(IN_TIME.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
