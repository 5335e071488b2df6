// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;

/** What is sent: programs, and what may be sent twice. */
class ScriptTest {
  @Test
  void sha_ofAProgram_isTheServersName() {
    // what SCRIPT LOAD 'return 1' answers
    assertThat(new String(Script.of("return 1").sha(), US_ASCII))
        .isEqualTo("e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apply", "process"})
  void source_ofEachScript_beginsWithWhatItTakes(String name) {
    assertThat(Script.source(name)).startsWith("-- ").contains("-- KEYS[1] ", "-- ARGV[1] ");
    assertThat(Script.source(name)).doesNotContain("KEYS[2]");
  }

  @Test
  void load_ofNothing_namesTheMissingResource() {
    assertThatThrownBy(() -> Script.load("none"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/org/jcacheredis/lua/none.lua");
  }

  @Test
  void repeatable_verbs_areReadsAndWhatChangesNothingIfItIsSentAgain() {
    Set<Verb> reads = EnumSet.of(Verb.GET, Verb.MGET, Verb.EXISTS, Verb.PTTL, Verb.SCAN, Verb.PING);
    reads.addAll(Set.of(Verb.PUBSUB, Verb.CONFIG_GET, Verb.EVALSHA_READING, Verb.MARK));
    reads.addAll(Set.of(Verb.HGET, Verb.HMGET, Verb.HEXISTS, Verb.HPTTL, Verb.HLEN, Verb.HSCAN));
    Stream.of(Verb.values()).filter(verb -> verb.name().startsWith("TRIAL_")).forEach(reads::add);
    for (Verb verb : Verb.values()) {
      assertThat(verb.isRepeatable()).as(verb.name()).isEqualTo(reads.contains(verb));
    }
  }

  @Test
  void of_aCommandThatIsOnlyTriedHere_isNotTakenForATrial() {
    assertThat(Verb.of(Protocol.Command.HDEL)).isNull();
    assertThat(Verb.of(Protocol.Command.HPEXPIRE)).isNull();
    assertThat(Verb.of(Protocol.Command.HSETEX)).isEqualTo(Verb.HSETEX);
    assertThat(Verb.of(Protocol.Command.SET)).isEqualTo(Verb.SET);
  }

  @Test
  void load_aReadingScript_isRepeatable() {
    assertThat(Script.loadReading("apply").verb().isRepeatable()).isTrue();
    assertThat(Script.load("apply").verb().isRepeatable()).isFalse();
  }

  @Test
  void command_withASubcommand_beginsWithIt() {
    List<String> words =
        StreamSupport.stream(
                Command.of(Verb.CONFIG_GET).with("save").toArguments().spliterator(), false)
            .map(word -> new String(word.getRaw(), US_ASCII))
            .toList();
    assertThat(words).containsExactly("CONFIG", "GET", "save");
  }

  @Test
  void verb_ofACommandThatIsTwo_isTheGraverOne() {
    assertThat(Verb.of(Protocol.Command.EVALSHA)).isEqualTo(Verb.EVALSHA);
    assertThat(Verb.of(Protocol.Command.CONFIG)).isEqualTo(Verb.CONFIG_SET);
  }

  @Test
  void reply_ofAnotherKind_isRefused() {
    assertThatThrownBy(() -> new Reply(null).integer()).hasMessage("the reply is no integer");
    assertThatThrownBy(() -> new Reply(1L).text()).hasMessage("the reply is no text");
    assertThatThrownBy(() -> new Reply(1L).elements()).hasMessage("the reply is no list");
    assertThat(new Reply(List.of(1L)).elements()).containsExactly(new Reply(1L));
  }
}
