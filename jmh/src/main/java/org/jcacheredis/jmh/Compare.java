// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import joptsimple.OptionException;
import org.jcacheredis.testkit.TestServers;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Runs the contenders against one Redis and prints how they compare. The server is the one that
 * {@code REDIS_URL} names, else a real one that is started here and ends with this process.
 */
public final class Compare {
  private static final String UNKNOWN = "of unknown version";

  private Compare() {}

  /** Ends with status 1 when a run failed, 2 when an option is wrong. */
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      CompareOptions.printHelp();
      return;
    }
    try {
      CompareOptions options = CompareOptions.parse(arguments);
      options.groups().forEach(group -> group.contenders().forEach(Contender::named));
      System.exit(compare(options) ? 0 : 1);
    } catch (OptionException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static boolean compare(CompareOptions options) throws IOException {
    Files.createDirectories(options.output());
    Path notes = options.output().resolve("compare-notes.txt").toAbsolutePath();
    Files.deleteIfExists(notes);
    URI server = TestServers.shared().uri();
    Rounds rounds =
        new Rounds(options.groups(), options.rounds(), new Forks(options, server, notes));
    rounds.run();

    Path json = options.output().resolve("compare.json").toAbsolutePath();
    try (PrintStream out = new PrintStream(json.toFile(), "UTF-8")) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(rounds.results());
    }
    String report = report(server, rounds, notes);
    Path table = options.output().resolve("compare.md").toAbsolutePath();
    Files.writeString(table, report);
    System.out.printf("%n%s%nThe same in %s%nAll figures in %s%n", report, table, json);
    return rounds.failed() == 0;
  }

  private static String report(URI server, Rounds rounds, Path notes) throws IOException {
    StringBuilder report = new StringBuilder(machine(server)).append("\n\n");
    for (Metric metric : Metric.values()) {
      List<Score> scores = rounds.scores().stream().filter(s -> s.metric() == metric).toList();
      if (!scores.isEmpty()) {
        List<String> contenders = scores.stream().map(Score::contender).distinct().toList();
        report.append(new RatioTable(metric, contenders, scores).render()).append('\n');
      }
    }
    if (Files.exists(notes)) {
      report.append('\n');
      Files.readAllLines(notes).forEach(note -> report.append("* ").append(note).append('\n'));
    }
    if (rounds.failed() > 0) {
      report.append("\n%d of %d runs failed.%n".formatted(rounds.failed(), rounds.count()));
    }
    return report.toString();
  }

  private static String machine(URI server) {
    return "%s %s, %d processors, Java %s, Redis %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            serverVersion(server));
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
