// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster of real processes with all slots spread evenly. Not for use by several threads at
 * once.
 */
public final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;
  private static final Duration FORMATION = Duration.ofSeconds(60);

  private final List<RedisServer> nodes = new ArrayList<>();
  private final int masterCount;

  private RedisCluster(int masters, int replicasEach, String... extraArgs) {
    this.masterCount = masters;
    try {
      for (int i = 0; i < masters * (1 + replicasEach); i++) {
        nodes.add(RedisServer.start(nodeArgs(extraArgs)));
      }
      form();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the nodes and returns when each of them finds the cluster in order and every replica is
   * in step.
   *
   * @param replicasEach replicas of each master
   * @param extraArgs arguments of every node
   */
  public static RedisCluster start(int masters, int replicasEach, String... extraArgs) {
    return new RedisCluster(masters, replicasEach, extraArgs);
  }

  /** Those that began as masters, in the order of their slots. */
  public List<RedisServer> masters() {
    return List.copyOf(nodes.subList(0, masterCount));
  }

  /** Those that began as replicas; replica i follows master i modulo the number of masters. */
  public List<RedisServer> replicas() {
    return List.copyOf(nodes.subList(masterCount, nodes.size()));
  }

  /** Masters, then replicas. */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes);
  }

  /** {@code redis-cluster://host:port,host:port} of all nodes. */
  public URI uri() {
    return URI.create(
        "redis-cluster://"
            + nodes.stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(Collectors.joining(",")));
  }

  /** The slot of a key. */
  public static int slot(byte[] key) {
    return JedisClusterCRC16.getSlot(key);
  }

  /** The master that owned the slot in the beginning. */
  public RedisServer masterOf(int slot) {
    return nodes.get(Math.min(slot / (SLOTS / masterCount), masterCount - 1));
  }

  /** Moves an empty or filled slot to another master, step by step as an operator would. */
  public void moveSlot(int slot, RedisServer from, RedisServer to) {
    String number = Integer.toString(slot);
    String fromId = id(from);
    String toId = id(to);
    ask(to, "CLUSTER", "SETSLOT", number, "IMPORTING", fromId);
    ask(from, "CLUSTER", "SETSLOT", number, "MIGRATING", toId);
    try (RedisProbe source = RedisProbe.of(from)) {
      moveKeys(source, number, to);
    }
    ask(to, "CLUSTER", "SETSLOT", number, "NODE", toId);
    for (RedisServer master : masters()) {
      ask(master, "CLUSTER", "SETSLOT", number, "NODE", toId);
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }

  private static void moveKeys(RedisProbe source, String slot, RedisServer to) {
    String port = Integer.toString(to.port());
    while (source.command("CLUSTER", "GETKEYSINSLOT", slot, "100") instanceof List<?> keys
        && !keys.isEmpty()) {
      Stream<String> head = Stream.of("MIGRATE", to.host(), port, "", "0", "5000", "KEYS");
      source.command(
          Stream.concat(head, keys.stream().map(String::valueOf)).toArray(String[]::new));
    }
  }

  private void form() {
    List<String> ids = nodes.stream().map(RedisCluster::id).toList();
    int share = SLOTS / masterCount;
    for (int i = 0; i < masterCount; i++) {
      int last = i == masterCount - 1 ? SLOTS - 1 : (i + 1) * share - 1;
      assign(nodes.get(i), i * share, last);
      ask(nodes.get(i), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    String firstPort = Integer.toString(nodes.get(0).port());
    for (RedisServer node : nodes.subList(1, nodes.size())) {
      ask(node, "CLUSTER", "MEET", "127.0.0.1", firstPort);
    }
    nodes.forEach(node -> await("meeting of the nodes", () -> hasMet(node)));
    for (int i = masterCount; i < nodes.size(); i++) {
      ask(nodes.get(i), "CLUSTER", "REPLICATE", ids.get(i % masterCount));
    }
    replicas().forEach(node -> await("synchronisation of replicas", () -> isInStep(node)));
    nodes.forEach(node -> await("announcement of replicas", () -> knowsReplicas(node)));
  }

  // ADDSLOTSRANGE came with 7.0, and this is one command as well
  private static void assign(RedisServer node, int first, int last) {
    List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    for (int slot = first; slot <= last; slot++) {
      command.add(Integer.toString(slot));
    }
    ask(node, command.toArray(String[]::new));
  }

  private boolean hasMet(RedisServer node) {
    return ask(node, "CLUSTER", "INFO").contains("cluster_state:ok")
        && ask(node, "CLUSTER", "NODES").lines().filter(RedisCluster::isSettled).count()
            == nodes.size();
  }

  private static boolean isSettled(String line) {
    return !line.contains("handshake") && !line.contains("fail") && line.contains(" connected");
  }

  private static boolean isInStep(RedisServer replica) {
    try (RedisProbe probe = RedisProbe.of(replica)) {
      return "up".equals(probe.info("replication").get("master_link_status"));
    }
  }

  // clients read the topology from any node, by CLUSTER SLOTS, where replicas appear last
  private boolean knowsReplicas(RedisServer node) {
    String slots = ask(node, "CLUSTER", "SLOTS");
    return nodes.stream().allMatch(other -> slots.contains(", " + other.port() + ","));
  }

  private static void await(String what, Condition condition) {
    Polling.require(
        FORMATION,
        what,
        () -> {
          try {
            return condition.holds();
          } catch (JedisException notNow) {
            return false;
          }
        });
  }

  private static String id(RedisServer node) {
    return ask(node, "CLUSTER", "MYID");
  }

  private static String ask(RedisServer node, String... command) {
    try (RedisProbe probe = RedisProbe.of(node)) {
      return String.valueOf(probe.command(command));
    }
  }

  private static String[] nodeArgs(String... extraArgs) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
    arguments.addAll(List.of("--cluster-node-timeout", "2000"));
    arguments.addAll(List.of("--cluster-replica-validity-factor", "0"));
    arguments.addAll(List.of("--repl-diskless-sync-delay", "0"));
    // nodes tell clients of a replica only when its offset is not 0, which the first ping moves
    arguments.addAll(List.of("--repl-ping-replica-period", "1"));
    arguments.addAll(List.of(extraArgs));
    return arguments.toArray(String[]::new);
  }

  /** What may also fail while a cluster forms. */
  private interface Condition {
    boolean holds();
  }
}
