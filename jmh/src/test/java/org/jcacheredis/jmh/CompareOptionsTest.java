// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareOptionsTest {
  @TempDir Path directory;

  @Test
  void parse_nothing_comparesUsWithAllOthersOnRedis() {
    CompareOptions options = CompareOptions.parse();

    assertThat(options.groups())
        .allSatisfy(
            group ->
                assertThat(group.contenders())
                    .containsExactly("jcache-redis", "jedis", "lettuce", "redisson"));
  }

  @Test
  void parse_namedThreadsAndBenchmarks_leaveNothingElseOfTheSet() {
    CompareOptions options =
        CompareOptions.parse("--benchmarks", "mix", "--reads", "100,50", "--threads", "2,200");

    assertThat(Rounds.turns(options.groups(), 1))
        .extracting(turn -> turn.cell().call() + " " + turn.cell().workers().label())
        .containsOnly("mix 100/0 2", "mix 100/0 200", "mix 50/50 2", "mix 50/50 200");
  }

  @Test
  void parse_virtualOnNewJdk_runsVirtualThreadsAlone() throws IOException {
    String jdk = jdk("25.0.1");

    CompareOptions options = CompareOptions.parse("--virtual", "1000", "--java-home", jdk);

    assertThat(Rounds.turns(options.groups(), 1))
        .extracting(turn -> turn.cell().workers())
        .containsOnly(Workers.virtual(1000));
  }

  @Test
  void parse_virtualOnOldJdk_namesTheRemedy() throws IOException {
    String jdk = jdk("17.0.15");

    assertThatThrownBy(() -> CompareOptions.parse("--virtual", "1000", "--java-home", jdk))
        .hasMessageContaining("Java 17.0.15 has no virtual threads")
        .hasMessageContaining("--java-home");
  }

  @Test
  void parse_full_hasVirtualThreadsWhereTheJdkHasThem() throws IOException {
    assertThat(kinds(CompareOptions.parse("--full", "--java-home", jdk("25"))))
        .contains(Workers.Kind.VIRTUAL);
    assertThat(kinds(CompareOptions.parse("--full", "--java-home", jdk("17"))))
        .containsOnly(Workers.Kind.PLATFORM);
  }

  @Test
  void turns_threeRounds_letAnotherContenderStartEach() {
    CompareOptions options =
        CompareOptions.parse(
            "--benchmarks", "get", "--threads", "1", "--contenders", "jcache-redis,jedis");

    assertThat(Rounds.turns(options.groups(), 3))
        .extracting(Turn::contender)
        .containsExactly("jcache-redis", "jedis", "jedis", "jcache-redis", "jcache-redis", "jedis");
  }

  @Test
  void measured_placesOfAMachine_areLeftOut() {
    assertThat(CompareOptions.measured("--size", "20,100", "--output", "/a/b", "--latency"))
        .isEqualTo("--latency --size 20,100");
    assertThat(CompareOptions.measured("--plots", "docs")).isEqualTo("--short");
  }

  @Test
  void parse_unknownBenchmark_namesIt() {
    assertThatThrownBy(() -> CompareOptions.parse("--benchmarks", "getOne"))
        .hasMessageContaining("benchmark 'getOne' is unknown");
  }

  @Test
  void parse_noRounds_namesTheOption() {
    assertThatThrownBy(() -> CompareOptions.parse("--rounds", "0"))
        .hasMessageContaining("option 'rounds' is 0");
  }

  @Test
  void parse_fewerEntriesThanOneBulkCallCarries_namesTheOption() {
    assertThatThrownBy(() -> CompareOptions.parse("--entries", "99"))
        .hasMessageContaining("option 'entries' is 99; expected 100 or more");
  }

  private String jdk(String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve(version));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home.toString();
  }

  private static List<Workers.Kind> kinds(CompareOptions options) {
    return options.groups().stream()
        .flatMap(group -> group.workers().stream())
        .map(Workers::kind)
        .toList();
  }
}
