// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds between JVMs: nothing is lost, one wins, and equal keys are one key. */
@EveryLayout
final class TwoJvmIT {

  private static final Duration DEADLINE = Duration.ofSeconds(120);
  private static final int ALL = 2 * TwoJvmWorker.THREADS * TwoJvmWorker.ROUNDS;

  private final URI uri = TestServers.shared().uri();
  private final String namespace = RedisBackend.freshNamespace(TwoJvmIT.class);
  private CacheManager manager;
  private Cache<Object, Object> cache;

  @BeforeEach
  void openCache() {
    manager = RedisBackend.open(uri, namespace);
    cache = TwoJvmWorker.openCache(manager);
  }

  @AfterEach
  void dropCache() {
    manager.destroyCache(cache.getName());
    manager.getCachingProvider().close();
  }

  private JavaProcess other() {
    JavaProcess process =
        JavaProcess.start(
            DEADLINE, List.of(), TwoJvmWorker.class, namespace, uri.toString(), "other");
    process.awaitLine("READY");
    return process;
  }

  /** Runs the job in the other JVM and here at the same time; gives what came of both. */
  private List<String> inBothJvms(String job) throws Exception {
    try (JavaProcess other = other()) {
      other.send(job);
      String here = TwoJvmWorker.run(job, cache, "here");
      return List.of(here, resultOf(other));
    }
  }

  private static String resultOf(JavaProcess process) {
    return process.awaitLine("DONE").substring("DONE ".length());
  }

  @Test
  void invoke_incrementsInTwoJvms_loseNothing() throws Exception {
    inBothJvms("invoke");
    assertThat(cache.get("invoked")).isEqualTo(ALL);
  }

  @Test
  void replace_compareAndSetInTwoJvms_losesNothing() throws Exception {
    inBothJvms("replace");
    assertThat(cache.get("replaced")).isEqualTo(ALL);
  }

  @Test
  void putIfAbsent_raceOfTwoJvms_hasOneWinnerPerKey() throws Exception {
    List<String> winners = inBothJvms("lead");
    List<String> led =
        winners.stream()
            .flatMap(list -> Stream.of(list.split(",", -1)))
            .filter(key -> !key.isEmpty())
            .toList();
    assertThat(led)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, TwoJvmWorker.RACES).mapToObj(String::valueOf).toList());
    assertThat(cache.get("leader-0")).isIn("here", "other");
  }

  @Test
  void equalKeys_putByTheOtherJvm_areFoundHere() {
    try (JavaProcess other = other()) {
      other.send("put-keys");
      resultOf(other);
    }
    Map<String, Object> found = new TreeMap<>();
    Map<String, Object> expected = new TreeMap<>();
    TwoJvmKeys.ofEachKind()
        .forEach(
            (kind, key) -> {
              expected.put(kind, kind);
              found.put(kind, cache.get(key));
            });
    assertThat(found).isEqualTo(expected);
    assertThat(cache).hasSize(expected.size());
  }
}
