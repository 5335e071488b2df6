// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.processor.EntryProcessorException;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Crew;
import org.jcacheredis.feature.Space;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ready-made processors do to an entry, and that the server does it in one step. */
@EveryLayout
class LuaProcessorsIT {
  private static final long EXACT = 1L << 53;

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void increment_fromAbsentUpAndDown_returnsTheSum() {
    RedisCache<String, Long> cache = numbers();

    assertThat(cache.invoke("k", LuaProcessors.increment(5))).isEqualTo(5);
    assertThat(cache.invoke("k", LuaProcessors.increment(-7))).isEqualTo(-2);
    assertThat(cache.invoke("k", LuaProcessors.increment(2))).isEqualTo(0);
    assertThat(cache.get("k")).isEqualTo(0L);
  }

  @Test
  void increment_outsideItsBounds_returnsNullAndChangesNothing() {
    RedisCache<String, Long> cache = numbers();

    assertThat(cache.invoke("absent", LuaProcessors.increment(11, 0, 10))).isNull();
    assertThat(cache.containsKey("absent")).isFalse();
    assertThat(cache.invoke("k", LuaProcessors.increment(10, 0, 10))).isEqualTo(10);
    assertThat(cache.invoke("k", LuaProcessors.increment(1, 0, 10))).isNull();
    assertThat(cache.invoke("k", LuaProcessors.increment(-11, 0, 10))).isNull();
    assertThat(cache.invoke("k", LuaProcessors.increment(-10, 0, 10))).isEqualTo(0);
    assertThat(cache.get("k")).isEqualTo(0L);
  }

  /** Lua counts in doubles; Java takes over where these would round. */
  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 1", // to 2^53
    "9007199254740992, 1", // from 2^53: a double would stay there
    "9007199254740993, -1", // back to 2^53: a double reads 2^53 already
    "9007199254740993, -3", // and into the exact range
    "-9007199254740993, 3",
    "1, 9007199254740993",
    "9223372036854775807, -9223372036854775807",
    "-9223372036854775808, 9223372036854775807"
  })
  void increment_beyondWhatLuaCountsExactly_staysExact(long start, long by) {
    RedisCache<String, Long> cache = numbers();
    cache.put("k", start);

    assertThat(cache.invoke("k", LuaProcessors.increment(by))).isEqualTo(start + by);
    assertThat(cache.get("k")).isEqualTo(start + by);
  }

  @Test
  void increment_boundsBeyondWhatLuaCountsExactly_areKept() {
    RedisCache<String, Long> cache = numbers();
    cache.put("k", EXACT - 1);

    assertThat(cache.invoke("k", LuaProcessors.increment(2, 0, EXACT))).isNull();
    assertThat(cache.invoke("k", LuaProcessors.increment(2, 0, EXACT + 1))).isEqualTo(EXACT + 1);
  }

  @Test
  void increment_overflow_failsAndChangesNothing() {
    RedisCache<String, Long> cache = numbers();
    cache.put("k", Long.MAX_VALUE);

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke("k", LuaProcessors.increment(1)))
        .withCauseInstanceOf(ArithmeticException.class);

    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LuaProcessors.increment(1, 2, 1))
        .withMessage("min is 2, larger than max, 1");
  }

  @Test
  void increment_bySixteenThreadsOfTwoManagers_losesNone() {
    List<RedisCache<String, Long>> caches = List.of(numbers(), numbers());

    Crew.together(
        16,
        i ->
            () -> {
              for (int n = 0; n < 200; n++) {
                caches.get(i % 2).invoke("k", LuaProcessors.increment(1));
              }
              return i;
            });

    assertThat(caches.get(0).get("k")).isEqualTo(3200L);
  }

  @Test
  void append_ofTextOfAllKinds_returnsTheLengthOfTheJavaString() {
    RedisCache<String, String> cache = space.strings("c");
    String text = "";
    for (String suffix : List.of("", "abc", "äöü€", "\uD83D\uDE00", "\0%s\r\n", "日本")) {
      text += suffix;
      assertThat(cache.invoke("k", LuaProcessors.append(suffix))).isEqualTo(text.length());
      assertThat(cache.get("k")).isEqualTo(text);
    }
  }

  /** Half a pair has no UTF-8 form; both halves together do. */
  @Test
  void append_ofHalfASurrogatePair_keepsIt() {
    RedisCache<String, String> cache = space.strings("c");

    cache.invoke("k", LuaProcessors.append("a\uD83D"));
    assertThat(cache.get("k")).isEqualTo("a\uD83D");
    assertThat(cache.invoke("k", LuaProcessors.append("\uDE00"))).isEqualTo(3);

    assertThat(cache.get("k")).isEqualTo("a\uD83D\uDE00");
  }

  @Test
  void compareAndSet_equalDifferentAbsent_storesOnlyOverTheEqual() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "old");

    assertThat(cache.invoke("absent", LuaProcessors.compareAndSet("old", "new"))).isFalse();
    assertThat(cache.invoke("k", LuaProcessors.compareAndSet("other", "new"))).isFalse();
    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(cache.invoke("k", LuaProcessors.compareAndSet("old", "new"))).isTrue();

    assertThat(cache.get("k")).isEqualTo("new");
    assertThat(cache.containsKey("absent")).isFalse();
  }

  @Test
  void compareAndSet_equalInOtherBytes_isFoundByEquals() {
    RedisCache<String, Map> cache =
        Space.cache(space.manager(), "c", Space.types(String.class, Map.class));
    Map<String, Integer> stored = new LinkedHashMap<>();
    stored.put("a", 1);
    stored.put("b", 2);
    Map<String, Integer> expected = new LinkedHashMap<>();
    expected.put("b", 2);
    expected.put("a", 1);
    cache.put("k", stored);

    assertThat(cache.invoke("k", LuaProcessors.compareAndSet(expected, Map.of()))).isTrue();

    assertThat(cache.get("k")).isEmpty();
  }

  /** 1.0 and 1.00 are the same number and no equal objects. */
  @Test
  void compareAndSet_notEqualByEquals_refuses() {
    RedisCache<String, BigDecimal> cache =
        Space.cache(space.manager(), "c", Space.types(String.class, BigDecimal.class));
    cache.put("k", new BigDecimal("1.0"));

    assertThat(
            cache.invoke("k", LuaProcessors.compareAndSet(new BigDecimal("1.00"), BigDecimal.TEN)))
        .isFalse();
  }

  @Test
  void getAndTouch_givesTheValueAndTheLifetime() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "v");

    assertThat(cache.invoke("k", LuaProcessors.getAndTouch(Duration.ofMinutes(1)))).isEqualTo("v");
    assertThat(space.stored(probe, "c", "k").lifetime()).isBetween(50_000L, 60_000L);
    assertThat(cache.invoke("k", LuaProcessors.getAndTouch(Duration.ofHours(1)))).isEqualTo("v");
    assertThat(space.stored(probe, "c", "k").lifetime()).isBetween(3_590_000L, 3_600_000L);
    assertThat(cache.invoke("no", LuaProcessors.getAndTouch(Duration.ofHours(1)))).isNull();
    assertThat(cache.containsKey("no")).isFalse();
  }

  @Test
  void getAndTouch_longerThanTheServerCanCount_isEternal() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "v", Duration.ofMinutes(1));

    assertThat(cache.invoke("k", LuaProcessors.getAndTouch(RedisCache.ETERNAL))).isEqualTo("v");

    assertThat(space.stored(probe, "c", "k").lifetime()).isEqualTo(-1);
  }

  @Test
  void getAndTouch_belowAMillisecond_countsAsOne() {
    RedisCache<String, String> cache = space.strings("c");
    cache.put("k", "v");

    assertThat(cache.invoke("k", LuaProcessors.getAndTouch(Duration.ofNanos(1)))).isEqualTo("v");

    Awaitility.await().until(() -> !cache.containsKey("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void getAndTouch_notPositive_isRefused(String ttl) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LuaProcessors.getAndTouch(Duration.parse(ttl)))
        .withMessageStartingWith("ttl is " + ttl);
  }

  @Test
  void invoke_ofEachProcessor_isOneScriptInTheServer() {
    RedisCache<String, Long> numbers = numbers();
    RedisCache<String, String> texts = space.strings("c");
    List<Runnable> calls =
        List.of(
            () -> numbers.invoke("n", LuaProcessors.increment(1)),
            () -> texts.invoke("t", LuaProcessors.compareAndSet("x", "y")),
            () -> texts.invoke("t", LuaProcessors.append("x")),
            () -> texts.invoke("t", LuaProcessors.getAndTouch(Duration.ofHours(1))));
    calls.forEach(Runnable::run);
    texts.put("t", "x");

    String reads = Space.inHashes() ? "hget" : "get";
    for (Runnable call : calls) {
      Map<String, Long> commands = probe.commandsDuring(call);
      assertThat(commands).containsEntry("evalsha", 1L).containsEntry(reads, 1L);
      assertThat(commands.keySet()).doesNotContain("eval", "exists", "hexists", "watch", "multi");
    }
  }

  @Test
  void invoke_afterTheServerForgotItsScripts_sendsThemAgain() {
    RedisCache<String, Long> cache = numbers();
    cache.invoke("k", LuaProcessors.increment(1));
    probe.command("SCRIPT", "FLUSH");

    assertThat(cache.invoke("k", LuaProcessors.increment(1))).isEqualTo(2);

    assertThat(space.stored(probe, "n", "k").text())
        .isEqualTo(new String(new byte[] {0x45}, UTF_8) + 2);
  }

  private RedisCache<String, Long> numbers() {
    return Space.cache(space.manager(), "n", Space.types(String.class, Long.class));
  }
}
