// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import java.util.List;
import java.util.Map;
import org.jcacheredis.testkit.RedisEndpoint;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Whether the server that the tests share has the commands of the hash layout. They are tried, on a
 * key that is not there; versions tell nothing, since Redis and Valkey count differently.
 */
public final class FieldLifetimesCondition implements ExecutionCondition {
  private static final Logger LOG = LoggerFactory.getLogger(FieldLifetimesCondition.class);
  private static final String ABSENT = "FieldLifetimesCondition:absent";

  /** What the hash layout needs beyond the hashes of old; none of them changes an absent key. */
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("HSETEX", ABSENT, "FXX", "PX", "1000", "FIELDS", "1", "field", "value"),
          List.of("HGETEX", ABSENT, "PX", "1000", "FIELDS", "1", "field"),
          List.of("HGETDEL", ABSENT, "FIELDS", "1", "field"));

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return SharedServer.VERDICT;
  }

  /** Enabled if the server can, else disabled with the reason and the remedy. */
  static ConditionEvaluationResult verdict(RedisEndpoint server) {
    try (RedisProbe probe = RedisProbe.of(server)) {
      List<String> lacking =
          COMMANDS.stream()
              .filter(command -> !isKnown(probe, command))
              .map(command -> command.get(0))
              .toList();
      return lacking.isEmpty()
          ? ConditionEvaluationResult.enabled("run on " + name(probe, server))
          : ConditionEvaluationResult.disabled(reason(name(probe, server), lacking));
    }
  }

  private static boolean isKnown(RedisProbe probe, List<String> command) {
    try {
      probe.command(command.toArray(String[]::new));
      return true;
    } catch (JedisAccessControlException e) {
      throw e; // a user without the right says nothing about the server
    } catch (JedisDataException e) {
      return false;
    }
  }

  private static String reason(String server, List<String> lacking) {
    return "not run: the tests' server, "
        + server
        + ", lacks "
        + String.join(", ", lacking)
        + "; run with REDIS_SERVER=path of a Redis 8 or Valkey 9.1 server";
  }

  private static String name(RedisProbe probe, RedisEndpoint server) {
    Map<String, String> info = probe.info("server");
    String valkey = info.get("valkey_version");
    String program = valkey == null ? "Redis " + info.get("redis_version") : "Valkey " + valkey;
    return program + " at " + server.host() + ":" + server.port();
  }

  /** Holder: asks once in a JVM, when the first class wants to know. */
  private static final class SharedServer {
    static final ConditionEvaluationResult VERDICT = verdict(TestServers.shared());

    static {
      // the reports have it, too, but the console of a build only counts what did not run
      LOG.info("Tests of the hash layout: {}", VERDICT.getReason().orElseThrow());
    }
  }
}
