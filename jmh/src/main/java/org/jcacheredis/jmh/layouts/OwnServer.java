// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisServer;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;

/** A server that nobody else uses, and what other programs keep there. */
final class OwnServer implements AutoCloseable {
  private static final int CHUNK = 10_000;
  private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();
  private static final int MOST_PAUSES = 200;
  private static final long STILL = 1024;

  private final RedisServer server = RedisServer.start();
  private final RedisProbe probe = RedisProbe.of(server);

  /** Starts it with so many keys of others. */
  static OwnServer with(int foreign) {
    OwnServer own = new OwnServer();
    try (RedisClient redis = RedisClient.create(own.uri())) {
      for (int start = 0; start < foreign; start += CHUNK) {
        try (AbstractPipeline pipeline = redis.pipelined()) {
          for (int i = start; i < Math.min(foreign, start + CHUNK); i++) {
            pipeline.set("foreign:" + i, "value of another program");
          }
        }
      }
    }
    return own;
  }

  URI uri() {
    return server.uri();
  }

  RedisProbe probe() {
    return probe;
  }

  /** Name and version. */
  String version() {
    Map<String, String> facts = probe.info("server");
    String valkey = facts.get("valkey_version");
    return valkey == null ? "Redis " + facts.get("redis_version") : "Valkey " + valkey;
  }

  /**
   * Makes sure that nothing but so many keys is there.
   *
   * @throws IllegalStateException if there are more or fewer
   */
  void requireKeys(long expected) {
    Object found = probe.command("DBSIZE");
    if (!Long.valueOf(expected).equals(found)) {
      throw new IllegalStateException(
          "server has " + found + " keys; expected the " + expected + " of others");
    }
  }

  /** Returns when nothing that was removed still takes memory. */
  void awaitFreed() {
    await(() -> isZero("lazyfree_pending_objects"));
  }

  /** The memory in use when what goes on in the background is over. */
  long settledMemory() {
    awaitFreed();
    long[] last = {Long.MIN_VALUE};
    await(
        () -> {
          long before = last[0];
          last[0] = probe.usedMemory();
          return Math.abs(last[0] - before) < STILL
              && isZero("mem_overhead_db_hashtable_rehashing");
        });
    return last[0];
  }

  /** Whether that is zero, or not known to this server. */
  private boolean isZero(String fact) {
    return probe.info("memory").getOrDefault(fact, "0").equals("0");
  }

  private static void await(BooleanSupplier isOver) {
    for (int i = 0; i < MOST_PAUSES; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (isOver.getAsBoolean()) {
        return;
      }
    }
    throw new IllegalStateException("the server is still busy after a minute; measure again");
  }

  @Override
  public void close() {
    probe.close();
    server.close();
  }
}
