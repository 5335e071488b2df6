// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A master, its replica and Sentinels that watch them and fail over after about two seconds. Not
 * for use by several threads at once.
 */
public final class RedisReplication implements AutoCloseable {
  private static final String MASTER_NAME = "mymaster";
  private static final Duration FORMATION = Duration.ofSeconds(30);

  private final Deque<RedisServer> started = new ArrayDeque<>();
  private final List<RedisServer> sentinels = new ArrayList<>();
  private final RedisServer master;
  private final RedisServer replica;

  private RedisReplication(int sentinelCount, String... extraArgs) {
    try {
      master = started(RedisServer.start(extraArgs));
      replica = started(RedisServer.start(replicaArgs(master, extraArgs)));
      for (int i = 0; i < sentinelCount; i++) {
        sentinels.add(started(startSentinel(sentinelCount / 2 + 1)));
      }
      awaitFormation();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts all and returns when the replica is in step and every Sentinel knows the others.
   *
   * @param sentinels how many; a majority must agree on a failover
   * @param extraArgs arguments of both servers
   */
  public static RedisReplication start(int sentinels, String... extraArgs) {
    return new RedisReplication(sentinels, extraArgs);
  }

  /** The server that began as the master. */
  public RedisServer master() {
    return master;
  }

  /** The server that began as the replica. */
  public RedisServer replica() {
    return replica;
  }

  /** The Sentinels. */
  public List<RedisServer> sentinels() {
    return List.copyOf(sentinels);
  }

  /** The name by which the Sentinels know the master. */
  public String masterName() {
    return MASTER_NAME;
  }

  /** {@code redis-sentinel://host:port,host:port/name}. */
  public URI uri() {
    String hosts =
        sentinels.stream()
            .map(sentinel -> sentinel.host() + ":" + sentinel.port())
            .collect(Collectors.joining(","));
    return URI.create("redis-sentinel://" + hosts + "/" + MASTER_NAME);
  }

  /** Kills the first master and returns when the replica is the master and says so. */
  public void failOver() {
    master.kill();
    Polling.require(FORMATION, "failover", () -> role(replica).equals("master"));
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  private RedisServer started(RedisServer server) {
    started.push(server);
    return server;
  }

  private RedisServer startSentinel(int quorum) {
    return RedisServer.onFreePort(
        "sentinel-",
        place -> {
          Path configuration = place.directory().resolve("sentinel.conf");
          write(configuration, sentinelConfiguration(place, quorum));
          return List.of(ServerBinary.path().toString(), configuration.toString(), "--sentinel");
        });
  }

  private String sentinelConfiguration(RedisServer.Place place, int quorum) {
    return String.join(
        "\n",
        "port " + place.port(),
        "bind 127.0.0.1",
        "dir " + place.directory(),
        "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + master.port() + " " + quorum,
        "sentinel down-after-milliseconds " + MASTER_NAME + " 1000",
        "sentinel failover-timeout " + MASTER_NAME + " 5000",
        "");
  }

  private void awaitFormation() {
    Polling.require(
        FORMATION,
        "synchronisation of the replica",
        () -> answer(replica, "replication", "master_link_status").equals("up"));
    for (RedisServer sentinel : sentinels) {
      Polling.require(FORMATION, "discovery by the Sentinels", () -> knowsAll(sentinel));
    }
  }

  // master0:name=mymaster,status=ok,address=127.0.0.1:20001,slaves=1,sentinels=3
  private boolean knowsAll(RedisServer sentinel) {
    return answer(sentinel, "sentinel", "master0")
        .endsWith("slaves=1,sentinels=" + sentinels.size());
  }

  private static String role(RedisServer server) {
    return answer(server, "replication", "role");
  }

  private static String answer(RedisServer server, String section, String field) {
    try (RedisProbe probe = RedisProbe.of(server)) {
      return probe.info(section).getOrDefault(field, "");
    } catch (JedisException notNow) {
      return "";
    }
  }

  private static String[] replicaArgs(RedisServer master, String... extraArgs) {
    List<String> arguments = new ArrayList<>(List.of(extraArgs));
    arguments.addAll(List.of("--replicaof", "127.0.0.1 " + master.port()));
    arguments.addAll(List.of("--repl-diskless-sync-delay", "0"));
    return arguments.toArray(String[]::new);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
