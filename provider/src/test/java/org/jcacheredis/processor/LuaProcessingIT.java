// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.feature.Space;
import org.jcacheredis.feature.StoredEntry;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Lua processor has in common with any other, wherever it runs. */
@EveryLayout
class LuaProcessingIT {
  private static final javax.cache.expiry.Duration TEN_SECONDS =
      new javax.cache.expiry.Duration(SECONDS, 10);

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void invoke_withWriter_runsInJavaAndWrites() {
    RecordingWriter<String, Long> writer = new RecordingWriter<>();
    RedisCache<String, Long> cache =
        numbers(types().setWriteThrough(true).setCacheWriterFactory(writer.factory()));

    assertThat(scriptsOf(() -> cache.invoke("k", LuaProcessors.increment(2)))).isZero();

    assertThat(writer.database()).isEqualTo(Map.of("k", 2L));
    assertThat(cache.get("k")).isEqualTo(2);
  }

  @Test
  void invoke_withLoader_runsInJavaOnTheLoadedValue() {
    RecordingLoader<String, Long> loader = RecordingLoader.of(key -> 40L);
    RedisCache<String, Long> cache =
        numbers(types().setReadThrough(true).setCacheLoaderFactory(loader.factory()));
    // exists() does not load, as JSR-107 has it; getValue() would
    cache.get("k");

    cache.invoke("k", LuaProcessors.increment(2));

    assertThat(cache.get("k")).isEqualTo(42);
  }

  @Test
  void invoke_withAPolicyThatMustBeAsked_runsInJavaAndAsks() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(TEN_SECONDS, null, TEN_SECONDS);
    RedisCache<String, Long> cache = numbers(types().setExpiryPolicyFactory(policy.factory()));

    cache.invoke("k", LuaProcessors.increment(2));
    cache.invoke("k", LuaProcessors.increment(2));

    assertThat(policy.count(RecordingExpiryPolicy.Call.CREATION)).isEqualTo(1);
    assertThat(policy.count(RecordingExpiryPolicy.Call.UPDATE)).isEqualTo(1);
    assertThat(cache.get("k")).isEqualTo(4);
    assertThat(space.stored(probe, "n", "k").lifetime()).isBetween(1L, 10_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kryo", "java", "json", "raw"})
  void invoke_withEachCodec_hasTheSameEffect(String codec) {
    CacheManager manager = space.manager("cache-defaults.codec.name=" + codec);
    RedisCache<String, Long> numbers = Space.cache(manager, "n", types());
    RedisCache<String, String> texts =
        Space.cache(manager, "t", Space.types(String.class, String.class));

    numbers.invoke("k", LuaProcessors.increment(2));
    numbers.put("k2", 40L);
    texts.put("k", "a");

    assertThat(numbers.invoke("k2", LuaProcessors.increment(2))).isEqualTo(42);
    assertThat(numbers.getAll(Set.of("k", "k2"))).isEqualTo(Map.of("k", 2L, "k2", 42L));
    assertThat(texts.invoke("k", LuaProcessors.append("b"))).isEqualTo(2);
    assertThat(texts.invoke("k", LuaProcessors.compareAndSet("ab", "c"))).isTrue();
    assertThat(texts.invoke("k", LuaProcessors.getAndTouch(Duration.ofHours(1)))).isEqualTo("c");
    assertThat(texts.get("k")).isEqualTo("c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "lz4", "zstd"})
  void append_toACompressedText_decompressesItInJava(String compression) {
    RedisCache<String, String> cache =
        space.strings("c", "cache-defaults.codec.compression=" + compression);
    String text = "long ".repeat(1000);
    cache.put("k", text);

    assertThat(cache.invoke("k", LuaProcessors.append("end"))).isEqualTo(text.length() + 3);

    assertThat(cache.get("k")).isEqualTo(text + "end");
  }

  @Test
  void invoke_withListeners_tellsWhatWasAndIs() {
    RecordingListener<String, Long> listener = new RecordingListener<>();
    RedisCache<String, Long> cache =
        numbers(types().addCacheEntryListenerConfiguration(listener.configuration(true, true)));

    assertThat(scriptsOf(() -> cache.invoke("k", LuaProcessors.increment(2)))).isEqualTo(1);
    cache.invoke("k", LuaProcessors.increment(3));
    cache.invoke("k", LuaProcessors.increment(3, 0, 6));
    cache.invoke("k", LuaProcessors.getAndTouch(Duration.ofHours(1)));
    cache.invoke("k", new Removal());
    cache.invoke("k", new Removal());

    assertThat(listener.types())
        .containsExactly(EventType.CREATED, EventType.UPDATED, EventType.REMOVED);
    RecordedEvent<String, Long> updated = listener.events().get(1);
    assertThat(updated.key()).isEqualTo("k");
    assertThat(updated.value()).isEqualTo(5);
    assertThat(updated.oldValue()).isEqualTo(2);
    assertThat(listener.events().get(2).oldValue()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "modified", "accessed"})
  void invoke_withAnExpiryPolicy_keepsToIt(String policy) {
    RedisCache<String, Long> cache =
        numbers(
            types()
                .setExpiryPolicyFactory(
                    switch (policy) {
                      case "created" -> CreatedExpiryPolicy.factoryOf(TEN_SECONDS);
                      case "modified" -> ModifiedExpiryPolicy.factoryOf(TEN_SECONDS);
                      default -> AccessedExpiryPolicy.factoryOf(TEN_SECONDS);
                    }));
    StoredEntry entry = space.stored(probe, "n", "k");
    cache.invoke("k", LuaProcessors.increment(1));
    assertThat(entry.lifetime()).isBetween(1L, 10_000L);
    entry.expireAfter(100_000);

    cache.invoke("k", LuaProcessors.increment(1));
    long afterUpdate = entry.lifetime();
    entry.expireAfter(100_000);
    cache.invoke("k", LuaProcessors.increment(1, 0, 1)); // reads and changes nothing
    long afterRead = entry.lifetime();

    assertThat(afterUpdate <= 10_000).isEqualTo(policy.equals("modified"));
    assertThat(afterRead <= 10_000).isEqualTo(policy.equals("accessed"));
  }

  @Test
  void invoke_counted_isAGetAndIfItStoresAPut() {
    RedisCache<String, Long> cache = numbers(types().setStatisticsEnabled(true));

    cache.invoke("k", LuaProcessors.increment(1)); // miss, put
    cache.invoke("k", LuaProcessors.increment(1)); // hit, put
    cache.invoke("k", LuaProcessors.increment(1, 0, 0)); // hit
    cache.invoke("k", new Removal()); // hit, removal
    cache.invoke("k", LuaProcessors.getAndTouch(Duration.ofHours(1))); // miss

    CacheStatisticsMXBean counted = cache.unwrap(CacheStatisticsMXBean.class);
    assertThat(counted.getCacheHits()).isEqualTo(3);
    assertThat(counted.getCacheMisses()).isEqualTo(2);
    assertThat(counted.getCachePuts()).isEqualTo(2);
    assertThat(counted.getCacheRemovals()).isEqualTo(1);
  }

  @Test
  void invoke_bodyWithResultsOfEachType_handsThemOn() {
    RedisCache<String, Long> cache = numbers(types());

    assertThat(cache.invoke("k", new Body("return 7"))).isEqualTo(7L);
    assertThat(cache.invoke("k", new Body("return 7.9"))).isEqualTo(7L);
    assertThat(cache.invoke("k", new Body("return 'text'"))).isEqualTo("text");
    assertThat(cache.invoke("k", new Body("return nil"))).isNull();
    assertThat(cache.invoke("k", new Body("return false"))).isNull();
    assertThat(cache.invoke("k", new Body("return true"))).isEqualTo(1L);
    assertThat(cache.invoke("k", new Body("return args[1]"), "given")).isEqualTo("given");
    assertThat(cache.invoke("k", new Body("entry:decline() return 7"))).isEqualTo("java");
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void invoke_bodyThatSetsANumberOfManyDigits_keepsThemAll() {
    RedisCache<String, Long> cache = numbers(types());
    cache.put("k", 100_000_000_000_001L);

    cache.invoke("k", new Body("entry:set(tonumber(entry.value) + 1)"));

    assertThat(cache.get("k")).isEqualTo(100_000_000_000_002L);
  }

  @Test
  void invokeAll_ofManyKeys_givesEachItsResult() {
    RedisCache<String, Long> cache = numbers(types());
    cache.put("a", 1L);
    cache.put("full", 9L);

    Map<String, EntryProcessorResult<Long>> results =
        cache.invokeAll(Set.of("a", "b", "full"), LuaProcessors.increment(1, 0, 9));

    Map<String, Long> sums = new LinkedHashMap<>();
    results.forEach((key, result) -> sums.put(key, result.get()));
    assertThat(sums).isEqualTo(Map.of("a", 2L, "b", 1L));
    assertThat(cache.getAll(Set.of("a", "b", "full")))
        .isEqualTo(Map.of("a", 2L, "b", 1L, "full", 9L));
  }

  @Test
  void invokeAll_processorUsesItsArgumentsArrayAgain_eachKeyGetsItsOwn() {
    RedisCache<String, Long> cache = numbers(types());

    Map<String, EntryProcessorResult<Object>> results =
        cache.invokeAll(Set.of("a", "b", "c"), new Numbering());

    assertThat(results.values())
        .extracting(EntryProcessorResult::get)
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  /** Gives each key the next number, always in the same array. */
  private static final class Numbering implements LuaEntryProcessor<String, Long, Object> {
    private final byte[] number = {'0'};

    @Override
    public String lua() {
      return "return args[1]";
    }

    @Override
    public Optional<Class<?>> textType() {
      return Optional.empty();
    }

    @Override
    public List<byte[]> arguments(ValueBytes<Long> values, Object... arguments) {
      number[0]++;
      return List.of(number);
    }

    @Override
    public Object result(Object reply, ValueBytes<Long> values) {
      return new String((byte[]) reply, UTF_8);
    }

    @Override
    public Object process(MutableEntry<String, Long> entry, Object... arguments) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void invokeAll_withListeners_tellsAndCountsEachKeyAndRunsDeclinedOnesInJava() {
    RecordingListener<String, Long> listener = new RecordingListener<>();
    RedisCache<String, Long> cache = numbers(types().setStatisticsEnabled(true));
    cache.putAll(Map.of("a", 1L, "exact", 1L << 53, "most", Long.MAX_VALUE));
    cache.registerCacheEntryListener(listener.configuration(true, true));
    CacheStatisticsMXBean counted = cache.unwrap(CacheStatisticsMXBean.class);
    counted.clear();

    Map<String, EntryProcessorResult<Long>> results =
        cache.invokeAll(Set.of("a", "b", "exact", "most"), LuaProcessors.increment(1));

    assertThat(results.get("a").get()).isEqualTo(2);
    assertThat(results.get("b").get()).isEqualTo(1);
    assertThat(results.get("exact").get()).isEqualTo((1L << 53) + 1);
    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> results.get("most").get())
        .withCauseInstanceOf(ArithmeticException.class);
    assertThat(listener.events())
        .extracting(RecordedEvent::type)
        .containsExactlyInAnyOrder(EventType.UPDATED, EventType.CREATED, EventType.UPDATED);
    assertThat(counted.getCachePuts()).isEqualTo(3);
    assertThat(counted.getCacheHits()).isEqualTo(3);
    assertThat(counted.getCacheMisses()).isEqualTo(1);
  }

  /** Nothing ties a processor to this provider, but a lifetime for one call is ours alone. */
  @Test
  void invoke_onAnotherProvider_runsInJava() {
    try (CachingProvider other = new RICachingProvider();
        CacheManager manager =
            other.getCacheManager(URI.create("ri:lua"), getClass().getClassLoader())) {
      Cache<String, Long> numbers = manager.createCache("n", types());
      Cache<String, String> texts =
          manager.createCache("t", Space.types(String.class, String.class));

      assertThat(numbers.invoke("k", LuaProcessors.increment(2))).isEqualTo(2);
      assertThat(numbers.invoke("k", LuaProcessors.increment(9, 0, 10))).isNull();
      assertThat(numbers.get("k")).isEqualTo(2);
      assertThat(texts.invoke("k", LuaProcessors.append("ab"))).isEqualTo(2);
      assertThat(texts.invoke("k", LuaProcessors.compareAndSet("ab", "c"))).isTrue();
      assertThat(texts.get("k")).isEqualTo("c");
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(() -> texts.invoke("k", LuaProcessors.getAndTouch(Duration.ofHours(1))));
    }
  }

  private long scriptsOf(Runnable action) {
    Map<String, Long> commands = probe.commandsDuring(action);
    return commands.getOrDefault("evalsha", 0L);
  }

  private RedisCache<String, Long> numbers(MutableConfiguration<String, Long> configuration) {
    return Space.cache(space.manager(), "n", new RedisCacheConfiguration<>(configuration));
  }

  private static MutableConfiguration<String, Long> types() {
    return Space.types(String.class, Long.class);
  }
}
