// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Says where a run happened. */
final class Machine {
  private static final String UNKNOWN = "of unknown version";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Day, operating system, processors, Java, the server and the contenders, in one line. */
  static String describe(URI server, CompareOptions options) {
    return "%s, %s %s, %d processors%s, Java %s, Redis %s; %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            options.jvm().version(),
            serverVersion(server),
            contenders(options));
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
      return redis
          .info("server")
          .lines()
          .filter(line -> line.startsWith("redis_version:"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (JedisException e) { // managed servers may refuse INFO; the figures stand without it
      return UNKNOWN;
    }
  }
}
