// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.feature.Space;
import org.jcacheredis.feature.StoredEntry;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lua processors that fail, or meet what they cannot work on. */
@EveryLayout
class LuaFailuresIT {
  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @ParameterizedTest
  @ValueSource(
      strings = {"this is no Lua", "return redis.call('LPUSH', key, 'x')", "error('mine')"})
  void invoke_scriptThatFails_namesTheCacheAndChangesNothing(String body) {
    RedisCache<String, Long> cache = numbers();
    cache.put("k", 1L);

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke("k", new Body(body)))
        .withMessageContaining("cache 'n'")
        .withMessageContaining(space.uri().getHost())
        .withMessageContaining("answered");

    assertThat(cache.get("k")).isEqualTo(1);
  }

  @Test
  void invokeAll_oneThatFails_failsAlone() {
    RedisCache<String, Long> cache = numbers();
    cache.put("most", Long.MAX_VALUE);

    Map<String, EntryProcessorResult<Long>> results =
        cache.invokeAll(Set.of("most", "b"), LuaProcessors.increment(1));

    EntryProcessorResult<Long> failed = Objects.requireNonNull(results.get("most"));
    assertThat(Objects.requireNonNull(results.get("b")).get()).isEqualTo(1);
    assertThatExceptionOfType(EntryProcessorException.class).isThrownBy(failed::get);
  }

  /** What JSR-107 says of any exception of a processor. */
  @Test
  void invoke_processorWhoseJavaPartsThrow_failsAsAnyOther() {
    RedisCache<String, Long> cache = numbers();

    for (Part part : Part.values()) {
      assertThatExceptionOfType(EntryProcessorException.class)
          .as(part.name())
          .isThrownBy(() -> cache.invoke("k", new Broken(part)))
          .withMessageContaining("mine")
          .withCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void getAndTouch_ofBytesThatNoCodecReads_namesCacheAndKeyOrIsAMiss() {
    RedisCache<String, String> failing = space.strings("c");
    RedisCache<String, String> missing = space.strings("c", "cache-defaults.on-undecodable=miss");
    LuaEntryProcessor<String, String, String> touch =
        LuaProcessors.getAndTouch(Duration.ofHours(1));
    space.stored(probe, "c", "k").plant(new byte[] {(byte) 0xFE, 1});

    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> failing.invoke("k", touch))
        .withMessageContaining("cache 'c': value of key 'k' cannot be read");
    assertThat(missing.invoke("k", touch)).isNull();
    assertThat(missing.undecodableReads()).isEqualTo(1);
    assertThat(failing.undecodableReads()).isZero();
  }

  /** The server cannot tell what this JVM can read; Java can, before it touches anything. */
  @Test
  void getAndTouch_ofBytesThatNoCodecReads_givesThemTheLifetimeInTheServerOnly() {
    RedisCache<String, String> server = space.strings("c", "cache-defaults.on-undecodable=miss");
    RedisCache<String, String> java =
        Space.cache(
            space.manager("cache-defaults.on-undecodable=miss"),
            "c",
            Space.types(String.class, String.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(RecordingLoader.<String, String>of(k -> null).factory()));
    LuaEntryProcessor<String, String, String> touch =
        LuaProcessors.getAndTouch(Duration.ofHours(1));
    space.stored(probe, "c", "k").plant(new byte[] {(byte) 0xFE, 1});

    assertThat(java.invoke("k", touch)).isNull();
    assertThat(space.stored(probe, "c", "k").lifetime()).isEqualTo(-1);
    assertThat(server.invoke("k", touch)).isNull();
    assertThat(space.stored(probe, "c", "k").lifetime()).isBetween(3_590_000L, 3_600_000L);
  }

  @Test
  void append_beyondMaxValueSize_isRefusedAndKeepsTheOldValue() {
    RedisCache<String, String> cache =
        space.strings("c", "cache-defaults.codec.max-value-size=1KiB");
    cache.put("k", "x".repeat(1000));

    assertThat(cache.invoke("k", LuaProcessors.append("y".repeat(23)))).isEqualTo(1023);
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.invoke("k", LuaProcessors.append("z")))
        .withMessageContaining("1025 bytes; setting 'codec.max-value-size' allows 1024");

    assertThat(cache.get("k")).isEqualTo("x".repeat(1000) + "y".repeat(23));
  }

  @Test
  void increment_ofAValueOfAnotherForm_failsAndChangesNothing() {
    RedisCache<String, Object> any =
        Space.cache(space.manager(), "n", Space.types(String.class, Object.class));
    any.put("k", "no number");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> numbers().invoke("k", LuaProcessors.increment(1)))
        .withMessageContaining("cache 'n': value of key 'k' cannot be read");

    assertThat(any.get("k")).isEqualTo("no number");
  }

  /** The raw codec has no header that would tell a number from other text. */
  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0x10", "1e3", " 7", "abc", ""})
  void increment_ofRawTextThatIsNoLong_namesTheKeyAndChangesNothing(String text) {
    RedisCache<String, Long> cache =
        Space.cache(
            space.manager("cache-defaults.codec.name=raw"),
            "n",
            Space.types(String.class, Long.class));
    StoredEntry entry = space.stored(probe, "n", "k");
    entry.plant(text.getBytes(UTF_8));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.invoke("k", LuaProcessors.increment(1)))
        .withMessageStartingWith("cache 'n': value of key 'k' cannot be read: ");

    assertThat(entry.bytes()).isEqualTo(text.getBytes(UTF_8));
  }

  private RedisCache<String, Long> numbers() {
    return Space.cache(space.manager(), "n", Space.types(String.class, Long.class));
  }

  private enum Part {
    ARGUMENTS,
    RESULT,
    PROCESS
  }

  /** Throws in one of its parts. */
  private record Broken(Part part) implements LuaEntryProcessor<String, Long, Object> {
    private void pass(Part reached) {
      if (part == reached) {
        throw new IllegalStateException("mine");
      }
    }

    @Override
    public String lua() {
      return part == Part.PROCESS ? "entry:decline()" : "return 1";
    }

    @Override
    public Optional<Class<?>> textType() {
      return Optional.empty();
    }

    @Override
    public List<byte[]> arguments(ValueBytes<Long> values, Object... arguments) {
      pass(Part.ARGUMENTS);
      return List.of();
    }

    @Override
    public @Nullable Object result(@Nullable Object reply, ValueBytes<Long> values) {
      pass(Part.RESULT);
      return reply;
    }

    @Override
    public @Nullable Object process(MutableEntry<String, Long> entry, Object... arguments) {
      pass(Part.PROCESS);
      return null;
    }
  }
}
