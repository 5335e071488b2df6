// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh.layouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jcacheredis.testkit.RedisProbe;

/**
 * One call and what the server saw of it.
 *
 * @param millis how long the call took
 * @param commands those that the server ran, and how often
 * @param longestMillis the server's time for the longest of them, by its slow log; 0 below 0.1 ms
 * @param longest its name
 * @param slow how many took longer than 10 ms
 * @param pauseMillis the longest that another client waited for a {@code PING} meanwhile
 */
record Watched(
    double millis,
    Map<String, Long> commands,
    double longestMillis,
    String longest,
    long slow,
    double pauseMillis) {
  private static final String LOGGED_MICROS = "100";
  private static final String NEVER = "-1";
  private static final long SLOW_MICROS = 10_000;
  private static final Set<String> OF_CONNECTIONS =
      Set.of("ping", "hello", "client|setinfo", "client|setname");

  private record Logged(long micros, String command) {}

  /** Makes the call while the server keeps its slow log. */
  static Watched of(OwnServer server, Runnable call) {
    RedisProbe probe = server.probe();
    probe.command("CONFIG", "SET", "slowlog-max-len", "1000000");
    probe.command("SLOWLOG", "RESET");
    long[] nanos = new long[1];
    try (Bystander bystander = new Bystander(server.uri())) {
      probe.command("CONFIG", "SET", "slowlog-log-slower-than", LOGGED_MICROS);
      Map<String, Long> commands = probe.commandsDuring(() -> nanos[0] = Timing.nanos(call));
      probe.command("CONFIG", "SET", "slowlog-log-slower-than", NEVER);
      return of(Timing.millis(nanos[0]), commands, log(probe), bystander.longestMillis());
    }
  }

  private static Watched of(
      double millis, Map<String, Long> commands, List<Logged> log, double pauseMillis) {
    Map<String, Long> own = new TreeMap<>(commands);
    own.keySet().removeAll(OF_CONNECTIONS);
    Logged longest =
        log.stream()
            .max((one, other) -> Long.compare(one.micros(), other.micros()))
            .orElse(new Logged(0, ""));
    return new Watched(
        millis,
        own,
        longest.micros() / 1000.0,
        longest.command(),
        log.stream().filter(each -> each.micros() > SLOW_MICROS).count(),
        pauseMillis);
  }

  private static List<Logged> log(RedisProbe probe) {
    List<Logged> log = new ArrayList<>();
    if (probe.command("SLOWLOG", "GET", "-1") instanceof List<?> entries) {
      entries.forEach(entry -> log.add(logged((List<?>) entry)));
    }
    return log;
  }

  private static Logged logged(List<?> entry) {
    return new Logged((Long) entry.get(2), String.valueOf(((List<?>) entry.get(3)).get(0)));
  }
}
