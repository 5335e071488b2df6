// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the writer is called, and that the cache changes only by what it wrote. */
abstract class WriterContract extends CacheContract {

  private final RecordingWriter<String, String> writer = new RecordingWriter<>();
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
  private Cache<String, String> cache;

  /** A method and the one call of the writer it makes, or null. */
  record Writes(String name, Consumer<Cache<String, String>> body, WriterCall call) {
    @Override
    public String toString() {
      return name;
    }
  }

  WriterContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache =
        create(
            countedStrings()
                .setWriteThrough(true)
                .setCacheWriterFactory(writer.factory())
                .setExpiryPolicyFactory(policy.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
    cache.putAll(entries("k", "v", "l", "v"));
    forget();
  }

  private void forget() {
    writer.clearCalls();
    listener.clear();
    policy.clear();
  }

  static Stream<Writes> writes() {
    return Stream.concat(writesOfStores(), writesOfRemovals());
  }

  private static Stream<Writes> writesOfStores() {
    return Stream.of(
        new Writes("put", c -> c.put("k", "w"), call(Method.WRITE, "k")),
        new Writes("put new", c -> c.put("n", "w"), call(Method.WRITE, "n")),
        new Writes("getAndPut", c -> c.getAndPut("k", "w"), call(Method.WRITE, "k")),
        new Writes("putIfAbsent new", c -> c.putIfAbsent("n", "w"), call(Method.WRITE, "n")),
        new Writes("putIfAbsent", c -> c.putIfAbsent("k", "w"), null),
        new Writes("replace", c -> c.replace("k", "w"), call(Method.WRITE, "k")),
        new Writes("replace absent", c -> c.replace("n", "w"), null),
        new Writes("replace equal", c -> c.replace("k", "v", "w"), call(Method.WRITE, "k")),
        new Writes("replace different", c -> c.replace("k", "x", "w"), null),
        new Writes("getAndReplace", c -> c.getAndReplace("k", "w"), call(Method.WRITE, "k")),
        new Writes("getAndReplace absent", c -> c.getAndReplace("n", "w"), null),
        new Writes("putAll empty", c -> c.putAll(entries()), null));
  }

  private static Stream<Writes> writesOfRemovals() {
    return Stream.of(
        new Writes("remove", c -> c.remove("k"), call(Method.DELETE, "k")),
        new Writes("remove absent", c -> c.remove("n"), call(Method.DELETE, "n")),
        new Writes("getAndRemove", c -> c.getAndRemove("k"), call(Method.DELETE, "k")),
        new Writes("getAndRemove absent", c -> c.getAndRemove("n"), call(Method.DELETE, "n")),
        new Writes("remove equal", c -> c.remove("k", "v"), call(Method.DELETE, "k")),
        new Writes("remove different", c -> c.remove("k", "x"), null),
        new Writes("remove equal absent", c -> c.remove("n", "x"), null),
        new Writes("removeAll empty", c -> c.removeAll(keys()), null),
        new Writes("clear", Cache::clear, null),
        new Writes("get", c -> c.get("n"), null));
  }

  private static WriterCall call(Method method, Object... keys) {
    return new WriterCall(method, List.of(keys));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void method_onceCalled_callsTheWriter(Writes writes) {
    writes.body().accept(cache);
    assertThat(writer.calls())
        .isEqualTo(writes.call() == null ? List.of() : List.of(writes.call()));
  }

  static Stream<Writes> callingWrites() {
    return writes().filter(writes -> writes.call() != null);
  }

  @ParameterizedTest
  @MethodSource("callingWrites")
  void method_failingWriter_leavesEverythingAsItWas(Writes writes) {
    RuntimeException failure = new IllegalStateException("database is down");
    writer.failWith(failure);
    Counters before = Counters.of(cache);
    assertThatThrownBy(() -> writes.body().accept(cache))
        .isInstanceOf(CacheWriterException.class)
        .hasCause(failure);
    Counters counted = Counters.of(cache).since(before);
    assertThat(counted.puts()).isZero();
    assertThat(counted.removals()).isZero();
    assertThat(listener.events()).isEmpty();
    assertThat(cache.getAll(keys("k", "l", "n"))).isEqualTo(entries("k", "v", "l", "v"));
  }

  @Test
  void put_writerThrowsWriterException_passesItOnAsItIs() {
    CacheWriterException failure = new CacheWriterException("as it is");
    writer.failWith(failure);
    assertThatThrownBy(() -> cache.put("k", "w")).isSameAs(failure);
    assertThatThrownBy(() -> cache.remove("k")).isSameAs(failure);
    assertThatThrownBy(() -> cache.putAll(entries("k", "w"))).isSameAs(failure);
    assertThatThrownBy(() -> cache.removeAll(keys("k"))).isSameAs(failure);
    assertThatThrownBy(() -> cache.removeAll()).isSameAs(failure);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void putAll_someEntries_writesThemInOneCall() {
    cache.putAll(entries("k", "w", "n", "w"));
    assertThat(writer.calls()).hasSize(1);
    assertThat(writer.calls().get(0).method()).isEqualTo(Method.WRITE_ALL);
    assertThat(writer.calls().get(0).keys()).containsExactlyInAnyOrder("k", "n");
    assertThat(writer.database()).isEqualTo(entries("k", "w", "l", "v", "n", "w"));
  }

  @Test
  void putAll_writerFailsHalfway_keepsExactlyWhatWasWritten() {
    writer.failAfter(2);
    Counters before = Counters.of(cache);
    assertThatThrownBy(() -> cache.putAll(entries("k", "w", "l", "w", "m", "w", "n", "w")))
        .isInstanceOf(CacheWriterException.class);
    assertThat(cache.getAll(keys("k", "l", "m", "n"))).isEqualTo(writer.database());
    assertThat(listener.events()).hasSize(2);
    assertThat(Counters.of(cache).since(before).puts()).isEqualTo(2);
  }

  @Test
  void putAll_writerLeavesElementsWithoutFailing_doesNotStoreThose() {
    CacheWriter<String, String> lazy =
        new CacheWriter<>() {
          @Override
          public void write(Cache.Entry<? extends String, ? extends String> entry) {}

          @Override
          public void delete(Object key) {}

          @Override
          public void deleteAll(Collection<?> keys) {}

          @Override
          public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> batch) {
            batch.removeIf(entry -> entry.getKey().equals("k"));
          }
        };
    Cache<String, String> lazily =
        create(strings().setWriteThrough(true).setCacheWriterFactory(() -> lazy));
    lazily.putAll(entries("k", "w", "l", "w"));
    assertThat(lazily.getAll(keys("k", "l"))).isEqualTo(entries("k", "w"));
  }

  @Test
  void removeAllOfKeys_absentOnes_areDeletedToo() {
    cache.removeAll(keys("k", "n"));
    assertThat(writer.calls()).hasSize(1);
    assertThat(writer.calls().get(0).method()).isEqualTo(Method.DELETE_ALL);
    assertThat(writer.calls().get(0).keys()).containsExactlyInAnyOrder("k", "n");
  }

  @Test
  void removeAllOfKeys_writerFailsHalfway_removesExactlyWhatWasDeleted() {
    writer.failAfter(1);
    Counters before = Counters.of(cache);
    assertThatThrownBy(() -> cache.removeAll(keys("k", "l")))
        .isInstanceOf(CacheWriterException.class);
    assertThat(writer.database()).hasSize(1);
    assertThat(cache.getAll(keys("k", "l"))).isEqualTo(writer.database());
    assertThat(listener.types()).containsExactly(EventType.REMOVED);
    assertThat(Counters.of(cache).since(before).removals()).isEqualTo(1);
  }

  @Test
  void removeAll_filledCache_deletesTheKeysPresent() {
    cache.removeAll();
    assertThat(writer.calls()).hasSize(1);
    assertThat(writer.calls().get(0).keys()).containsExactlyInAnyOrder("k", "l");
    writer.clearCalls();
    cache.removeAll();
    assertThat(writer.calls()).isEmpty();
  }

  @Test
  void removeAll_writerFailsHalfway_removesExactlyWhatWasDeleted() {
    writer.failAfter(1);
    assertThatThrownBy(() -> cache.removeAll()).isInstanceOf(CacheWriterException.class);
    assertThat(writer.database()).hasSize(1);
    assertThat(cache.getAll(keys("k", "l"))).isEqualTo(writer.database());
  }

  @Test
  void put_creationZero_stillWrites() {
    policy.answer(RecordingExpiryPolicy.Call.CREATION, Duration.ZERO);
    cache.put("n", "w");
    assertThat(writer.calls()).containsExactly(call(Method.WRITE, "n"));
    assertThat(cache.containsKey("n")).isFalse();
  }

  @Test
  void put_withoutWriteThrough_neverWrites() {
    RecordingWriter<String, String> idle = new RecordingWriter<>();
    Cache<String, String> plain = create(strings().setCacheWriterFactory(idle.factory()));
    plain.put("k", "v");
    plain.remove("k");
    assertThat(idle.calls()).isEmpty();
  }
}
