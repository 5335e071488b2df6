// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.TestServers;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Bulk calls go to the server, the loader and the writer in chunks bounded by keys and bytes. */
@EveryLayout
class BulkIT {
  private static final String LONG = "x".repeat(400);

  @AutoClose private final FaultProxy proxy = FaultProxy.before(TestServers.shared());
  @AutoClose private final Space space = Space.shared();

  private final RecordingLoader<String, String> loader = RecordingLoader.of(key -> "of " + key);
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();

  @Test
  void putAll_valuesBeyondBulkBytes_takesATripForEachChunk() {
    RedisCache<String, String> cache = cache(plain(), "bulk-bytes=1KiB");
    Map<String, String> entries = new LinkedHashMap<>();
    keys(5).forEach(key -> entries.put(key, LONG));

    assertThat(trips(() -> cache.putAll(entries))).isEqualTo(3);
    assertThat(cache.getAll(keys(5))).isEqualTo(entries);
  }

  @Test
  void putAll_oneValueLargerThanBulkBytes_sendsItAlone() {
    RedisCache<String, String> cache = cache(plain(), "bulk-bytes=1KiB");
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("a", "small");
    entries.put("b", "x".repeat(5_000));
    entries.put("c", "small");
    entries.put("d", "small");

    assertThat(trips(() -> cache.putAll(entries))).isEqualTo(3);
    assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
  }

  @Test
  void bulkCalls_keysBeyondBulkBytes_takeATripForEachChunk() {
    RedisCache<String, String> cache = cache(plain(), "bulk-bytes=1KiB");
    Set<String> keys = new LinkedHashSet<>();
    keys(5).forEach(key -> keys.add(key + LONG));
    keys.forEach(key -> cache.put(key, "v"));

    assertThat(trips(() -> assertThat(cache.getAll(keys)).hasSize(5))).isEqualTo(3);
    assertThat(trips(() -> cache.invokeAll(keys, (entry, a) -> entry.exists()))).isEqualTo(3);
    assertThat(trips(() -> cache.removeAll(keys))).isEqualTo(3);
    assertThat(cache.size()).isZero();
  }

  @Test
  void bulkCalls_moreKeysThanBulkSize_takeATripForEachChunk() {
    RedisCache<String, String> cache = cache(plain(), "bulk-size=2");
    Map<String, String> entries = new LinkedHashMap<>();
    keys(5).forEach(key -> entries.put(key, "v"));

    assertThat(trips(() -> cache.putAll(entries))).isEqualTo(3);
    assertThat(trips(() -> cache.getAll(keys(5)))).isEqualTo(3);
    assertThat(trips(() -> cache.invokeAll(keys(5), BulkIT::append))).isEqualTo(6);
    assertThat(trips(() -> cache.removeAll(keys(5)))).isEqualTo(3);
  }

  @Test
  void invokeAll_valuesBeyondBulkBytes_commitsInChunks() {
    RedisCache<String, String> cache = cache(plain(), "bulk-bytes=1KiB");

    long trips =
        trips(
            () ->
                cache.invokeAll(
                    keys(5),
                    (entry, arguments) -> {
                      entry.setValue(LONG);
                      return null;
                    }));

    assertThat(trips).isEqualTo(4);
    assertThat(cache.getAll(keys(5))).hasSize(5).containsValue(LONG);
  }

  @Test
  void getAll_accessEndsTheEntriesAndThePolicyIsAsked_endsThemInOneTrip() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    RecordingExpiryPolicy ending = RecordingExpiryPolicy.of(Duration.ETERNAL, Duration.ZERO, null);
    RedisCache<String, String> cache =
        cache(
            plain()
                .setExpiryPolicyFactory(ending.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
    keys(3).forEach(key -> cache.put(key, "v"));
    listener.clear();

    assertThat(trips(() -> assertThat(cache.getAll(keys(4))).hasSize(3))).isEqualTo(2);
    assertThat(cache.size()).isZero();
    assertThat(listener.events(javax.cache.event.EventType.EXPIRED)).hasSize(3);
  }

  @Test
  void putAll_withWriter_writesOnceForEachChunk() {
    RedisCache<String, String> cache = cache(writing(), "bulk-size=2");
    Map<String, String> entries = new LinkedHashMap<>();
    keys(5).forEach(key -> entries.put(key, "v"));

    cache.putAll(entries);

    assertThat(writer.calls())
        .containsExactly(
            called(Method.WRITE_ALL, "k0", "k1"),
            called(Method.WRITE_ALL, "k2", "k3"),
            called(Method.WRITE_ALL, "k4"));
    assertThat(writer.database()).isEqualTo(entries);
    assertThat(cache.size()).isEqualTo(5);
  }

  @Test
  void putAll_writerFailsInAChunk_triesNoLaterOne() {
    RedisCache<String, String> cache = cache(writing(), "bulk-size=2");
    Map<String, String> entries = new LinkedHashMap<>();
    keys(6).forEach(key -> entries.put(key, "v"));
    writer.failOn("k3");

    assertThatExceptionOfType(CacheWriterException.class).isThrownBy(() -> cache.putAll(entries));

    assertThat(writer.calls()).hasSize(2);
    assertThat(cache.getAll(keys(6))).containsOnlyKeys("k0", "k1", "k2");
    assertThat(writer.database()).containsOnlyKeys("k0", "k1", "k2");
  }

  @Test
  void removeAll_withWriter_deletesOnceForEachChunk() {
    RedisCache<String, String> cache = cache(writing(), "bulk-size=2", "scan-size=1");
    keys(5).forEach(key -> cache.put(key, "v"));
    writer.clearCalls();

    cache.removeAll(new LinkedHashSet<>(List.of("k0", "k1", "none")));

    assertThat(writer.calls())
        .containsExactly(called(Method.DELETE_ALL, "k0", "k1"), called(Method.DELETE_ALL, "none"));
    writer.clearCalls();
    cache.removeAll();
    assertThat(writer.calls()).extracting(WriterCall::method).containsOnly(Method.DELETE_ALL);
    assertThat(writer.calls()).extracting(call -> call.keys().size()).containsExactly(2, 1);
    assertThat(writer.database()).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void getAll_readingThrough_loadsOnceForEachChunk() {
    RedisCache<String, String> cache =
        cache(plain().setReadThrough(true).setCacheLoaderFactory(loader.factory()), "bulk-size=2");
    cache.put("k3", "v");

    assertThat(cache.getAll(keys(5))).hasSize(5).containsEntry("k4", "of k4");

    assertThat(loader.bulkLoads())
        .containsExactly(List.of("k0", "k1"), List.of("k2"), List.of("k4"));
    assertThat(cache.size()).isEqualTo(5);
  }

  @Test
  void loadAll_moreKeysThanBulkSize_loadsOnceForEachChunk() throws Exception {
    RedisCache<String, String> cache =
        cache(plain().setCacheLoaderFactory(loader.factory()), "bulk-size=2");
    cache.put("k3", "v");
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(keys(5), false, done);
    done.get();

    assertThat(loader.bulkLoads())
        .containsExactly(List.of("k0", "k1"), List.of("k2"), List.of("k4"));
    assertThat(cache.size()).isEqualTo(5);
  }

  private static Object append(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue(entry.getValue() + "!");
    return null;
  }

  private static WriterCall called(Method method, Object... keys) {
    return new WriterCall(method, List.of(keys));
  }

  private static Set<String> keys(int count) {
    Set<String> keys = new LinkedHashSet<>();
    IntStream.range(0, count).forEach(i -> keys.add("k" + i));
    return keys;
  }

  private static MutableConfiguration<String, String> plain() {
    return Space.types(String.class, String.class);
  }

  private MutableConfiguration<String, String> writing() {
    return plain().setWriteThrough(true).setCacheWriterFactory(writer.factory());
  }

  private long trips(Runnable call) {
    proxy.resetCounts();
    call.run();
    return proxy.roundTrips();
  }

  /** Its connections are open, and the server knows the scripts. */
  private RedisCache<String, String> cache(
      MutableConfiguration<String, String> configuration, String... settings) {
    String[] own = new String[settings.length];
    for (int i = 0; i < settings.length; i++) {
      own[i] = "cache-defaults." + settings[i];
    }
    RedisCache<String, String> cache =
        Space.cache(space.manager(proxy.uri(), own), "c", configuration);
    cache.remove("asks who listens");
    writer.clearCalls();
    RedisCache<String, String> scripts = Space.cache(cache.getCacheManager(), "other", plain());
    scripts.put("k", "v");
    scripts.invoke("k", BulkIT::append);
    scripts.getAll(keys(2));
    return cache;
  }
}
