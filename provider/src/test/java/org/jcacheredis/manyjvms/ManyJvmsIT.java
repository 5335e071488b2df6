// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JVMs with local tiers, random operations, and troubles of many kinds: after the end nobody reads
 * anything but what Redis has; at all times a JVM sees what it wrote. {@code -Dmanyjvms.runs=20}
 * for more runs, {@code -Dmanyjvms.seed=N} to repeat one, {@code -Dmanyjvms.millis=N} for their
 * length, {@code -Dmanyjvms.troubles=SERVER_FROZEN,JVM_FROZEN} for troubles of these kinds only.
 */
class ManyJvmsIT {
  private static final long MILLIS = Long.getLong("manyjvms.millis", 5_000);
  private static final int ROUNDS = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(60).plusMillis(MILLIS);
  private static final double MOST_OVERDUE_MILLIS = 100;

  /** The cache's max-staleness, the longest freeze, and what a busy machine adds. */
  private static final double MOST_STALE_MILLIS = 5_000;

  @TempDir private Path directory;

  /** One run; without troubles nothing is ever lost. */
  record Run(long seed, int jvms, boolean isTroubled, boolean isListening) {}

  static Stream<Run> runs() {
    Long repeated = Long.getLong("manyjvms.seed");
    if (repeated != null) {
      return Stream.of(run(repeated));
    }
    long first = System.currentTimeMillis();
    int runs = Integer.getInteger("manyjvms.runs", 3);
    return LongStream.range(first - first % 4, first - first % 4 + runs).mapToObj(ManyJvmsIT::run);
  }

  private static Run run(long seed) {
    return new Run(seed, seed % 2 == 0 ? 2 : 3, seed % 4 != 0, seed % 4 < 2);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void randomOperations_inManyJvms_leaveNothingStale(Run run) {
    try (RedisServer server = RedisServer.start(Trouble.SERVER_ARGUMENTS)) {
      List<JavaProcess> jvms = new ArrayList<>();
      try {
        for (int i = 0; i < run.jvms(); i++) {
          jvms.add(start(server, run, i));
        }
        play(new Trouble.Scene(server, jvms), run);
      } finally {
        jvms.forEach(JavaProcess::close);
      }
    }
  }

  private Game game(RedisServer server, Run run, int player) {
    return new Game(
        server.uri(),
        player,
        run.jvms(),
        run.isListening(),
        run.seed(),
        MILLIS / ROUNDS,
        directory);
  }

  private JavaProcess start(RedisServer server, Run run, int player) {
    return JavaProcess.start(
        DEADLINE,
        List.of("-Xmx128m", "-XX:+UseSerialGC"),
        Player.class,
        game(server, run, player).arguments());
  }

  private void play(Trouble.Scene scene, Run run) {
    scene.jvms().forEach(jvm -> jvm.awaitLine("ready"));
    List<String> played = List.of();
    for (int round = 0; round < ROUNDS; round++) {
      played = round(scene, run, round);
      assertThat(differences(scene, run)).as("stale after round %d, %s", round, run).isEmpty();
    }
    List<List<Ledger.Note>> ledgers = ledgers(scene, run);
    Staleness staleness = Staleness.of(ledgers);
    played.forEach(Report::say);
    Report.say(
        "versions never read after they were overwritten %,d; others, how long after, %s; after their end %s"
            .formatted(staleness.fresh(), staleness.stale(), staleness.overdue()));
    assertThat(played)
        .as("own writes seen, local tier used, %s", run)
        .allMatch(line -> line.contains(" violations=0 ") && !line.contains(" localHits=0 "));
    if (run.isListening()) {
      checkHeard(scene, run, Staleness.writes(ledgers));
    }
    assertThat(staleness.overdue().millis(1)).as("%s", run).isLessThan(MOST_OVERDUE_MILLIS);
    assertThat(staleness.stale().millis(1)).as("%s", run).isLessThan(MOST_STALE_MILLIS);
  }

  private static List<String> round(Trouble.Scene scene, Run run, int round) {
    scene.jvms().forEach(jvm -> jvm.send("play " + round));
    String troubles = "none";
    if (run.isTroubled()) {
      Duration time = Duration.ofMillis(MILLIS / ROUNDS * 3 / 4);
      troubles = Trouble.happen(scene, run.seed() * 100 + round, time);
    }
    List<String> played =
        scene.jvms().stream().map(jvm -> jvm.awaitLine("played " + round + " ")).toList();
    if (run.isTroubled() && round > 0) {
      // nobody writes any more: what this leaves in a JVM stays there
      Trouble last = round % 2 == 0 ? Trouble.FLUSHED : Trouble.SUBSCRIBERS_KILLED;
      last.happen(scene, new Random(run.seed()));
      troubles += "; at last " + last;
    }
    Report.say("%s round %d: %s".formatted(run, round, troubles));
    return played;
  }

  private List<List<Ledger.Note>> ledgers(Trouble.Scene scene, Run run) {
    List<List<Ledger.Note>> ledgers = new ArrayList<>();
    for (int i = 0; i < run.jvms(); i++) {
      Game game = game(scene.server(), run, i);
      for (int round = 0; round < ROUNDS; round++) {
        ledgers.add(Ledger.read(game.ledger(round)));
      }
    }
    return ledgers;
  }

  /** In order in any case; and all of it, in each JVM, if nothing was ever lost. */
  private void checkHeard(
      Trouble.Scene scene, Run run, Map<Integer, NavigableMap<Long, Long>> writes) {
    for (int i = 0; i < run.jvms(); i++) {
      List<Ledger.Note> heard = heard(scene, run, i);
      Report.say("JVM " + i + " heard of " + heard.size() + " changes");
      assertThat(heard).isNotEmpty();
      assertThat(Heard.disorder(heard, writes)).as("order in JVM %d, %s", i, run).isEmpty();
    }
    if (!run.isTroubled()) {
      List<Integer> counts =
          IntStream.range(0, run.jvms()).mapToObj(i -> heard(scene, run, i).size()).toList();
      assertThat(Set.copyOf(counts)).as("heard by each, %s", run).hasSize(1);
    }
  }

  /** What a JVM heard, when nothing more comes. */
  private List<Ledger.Note> heard(Trouble.Scene scene, Run run, int player) {
    AtomicReference<String> last = new AtomicReference<>("");
    Awaitility.await()
        .pollInterval(100, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              String order = "heard " + System.nanoTime();
              scene.jvms().get(player).send(order);
              String count = scene.jvms().get(player).awaitLine(order).substring(order.length());
              return count.equals(last.getAndSet(count));
            });
    return Ledger.read(game(scene.server(), run, player).heard());
  }

  /** What a JVM reads and Redis has not, or the other way round. */
  private Set<String> differences(Trouble.Scene scene, Run run) {
    try (CacheManager manager = game(scene.server(), run, 0).openManager()) {
      Cache<String, String> plain = Game.lasting(manager, false);
      String first = publish(plain);
      scene.jvms().forEach(jvm -> jvm.send("settle " + first));
      scene.jvms().forEach(jvm -> jvm.awaitLine("settled " + first));
      String token = publish(plain);
      scene.jvms().forEach(jvm -> jvm.send("state " + token));
      List<String> states =
          scene.jvms().stream().map(jvm -> jvm.awaitLine("state " + token)).toList();
      Set<String> truth = truth(plain);
      Set<String> differences = new HashSet<>();
      for (int i = 0; i < states.size(); i++) {
        String[] words = states.get(i).substring(("state " + token + " ").length()).split(" ");
        for (String word : words) {
          if (!truth.contains(word)) {
            differences.add("JVM " + i + ": " + word);
          }
        }
      }
      manager.getCachingProvider().close();
      return differences;
    }
  }

  private static String publish(Cache<String, String> plain) {
    String token = "token-" + System.nanoTime();
    Awaitility.await()
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .ignoreExceptions()
        .until(
            () -> {
              plain.put(Game.SETTLED, token);
              return true;
            });
    return token;
  }

  private static Set<String> truth(Cache<String, String> plain) {
    Set<String> keys = new HashSet<>();
    for (int key = 0; key < Game.KEYS; key++) {
      keys.add(Game.key(key));
    }
    Map<String, String> found = plain.getAll(keys);
    return keys.stream()
        .map(key -> key + "=" + (found.get(key) == null ? "-" : Game.version(found.get(key))))
        .collect(Collectors.toSet());
  }
}
