// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Says where a run happened. */
public final class Machine {
  private static final String UNKNOWN = "of unknown version";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Day, operating system, processors, Java, the server and the contenders, in one line. */
  static String describe(URI server, CompareOptions options) {
    return "%s, Java %s, %s; %s"
        .formatted(place(), options.jvm().version(), serverVersion(server), contenders(options));
  }

  /** Day, operating system, processors and the Java of this process, in one line. */
  public static String here() {
    return "%s, Java %s".formatted(place(), Runtime.version());
  }

  private static String place() {
    return "%s, %s %s, %d processors%s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            processor());
  }

  private static String contenders(CompareOptions options) {
    return options.groups().stream()
        .flatMap(group -> group.contenders().stream())
        .distinct()
        .map(label -> Contender.named(label).version())
        .collect(Collectors.joining(", "));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).trim() + ")")
          .findFirst()
          .orElse("");
    } catch (IOException e) { // only Linux tells it this way
      return "";
    }
  }

  private static String serverVersion(URI server) {
    try (RedisClient redis = RedisClient.create(server)) {
      String facts = redis.info("server");
      // Valkey also names the version of Redis that it stands for
      return fact(facts, "valkey_version")
          .map(version -> "Valkey " + version)
          .orElseGet(() -> "Redis " + fact(facts, "redis_version").orElse(UNKNOWN));
    } catch (JedisException e) { // managed servers may refuse INFO; the figures stand without it
      return "Redis " + UNKNOWN;
    }
  }

  private static Optional<String> fact(String facts, String name) {
    return facts
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst();
  }
}
