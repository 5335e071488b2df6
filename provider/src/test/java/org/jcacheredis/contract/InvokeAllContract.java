// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code invokeAll} leaves for each key what {@code invoke} would have left. */
abstract class InvokeAllContract extends CacheContract {

  private final RecordingLoader<String, String> loader =
      RecordingLoader.of(key -> key.startsWith("load") ? "loaded" : null);
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
  private Cache<String, String> cache;

  InvokeAllContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache =
        create(
            countedStrings()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setCacheWriterFactory(writer.factory())
                .setExpiryPolicyFactory(policy.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
  }

  private void put(String... keysAndValues) {
    cache.putAll(entries(keysAndValues));
    writer.clearCalls();
    listener.clear();
    policy.clear();
  }

  /** What to do stands in the key. */
  private static String asTheKeySays(MutableEntry<String, String> entry, Object... arguments) {
    String key = entry.getKey();
    if (key.endsWith("get")) {
      return entry.getValue();
    }
    if (key.endsWith("set")) {
      entry.setValue(entry.getValue() + "!");
      return entry.getValue();
    }
    if (key.endsWith("remove")) {
      entry.remove();
    }
    if (key.endsWith("throw")) {
      entry.setValue("never");
      throw new IllegalStateException("as told");
    }
    return null;
  }

  @Test
  void invokeAll_mixOfEffects_leavesEachKeysOwn() {
    put("1 get", "a", "2 set", "b", "3 remove", "c", "4 throw", "d", "5 exists", "e");
    Counters before = Counters.of(cache);

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            keys(
                "1 get",
                "2 set",
                "3 remove",
                "4 throw",
                "5 exists",
                "load get",
                "load set",
                "none get",
                "none set",
                "none remove",
                "none throw"),
            InvokeAllContract::asTheKeySays);

    assertThat(results)
        .containsOnlyKeys(
            "1 get", "2 set", "4 throw", "load get", "load set", "none set", "none throw");
    assertThat(results.get("1 get").get()).isEqualTo("a");
    assertThat(results.get("2 set").get()).isEqualTo("b!");
    assertThat(results.get("load get").get()).isEqualTo("loaded");
    assertThat(results.get("load set").get()).isEqualTo("loaded!");
    assertThat(results.get("none set").get()).isEqualTo("null!");
    for (String failed : List.of("4 throw", "none throw")) {
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(() -> results.get(failed).get())
          .withRootCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(Counters.of(cache).since(before)).isEqualTo(new Counters(5, 6, 3, 1));
    assertThat(policy.count(Call.ACCESS)).isEqualTo(1);
    assertThat(policy.count(Call.UPDATE)).isEqualTo(1);
    assertThat(policy.count(Call.CREATION)).isEqualTo(3);
    assertThat(loader.loads())
        .containsExactlyInAnyOrder("load get", "load set", "none get", "none set");
    assertThat(writer.calls())
        .containsExactlyInAnyOrder(
            new WriterCall(Method.WRITE, List.of("2 set")),
            new WriterCall(Method.DELETE, List.of("3 remove")),
            new WriterCall(Method.WRITE, List.of("load set")),
            new WriterCall(Method.WRITE, List.of("none set")),
            new WriterCall(Method.DELETE, List.of("none remove")));
    assertThat(listener.events())
        .extracting(event -> told(event))
        .containsExactlyInAnyOrder(
            "UPDATED 2 set: b!, before b",
            "REMOVED 3 remove: c, before c",
            "CREATED load get: loaded, before null",
            "CREATED load set: loaded!, before null",
            "CREATED none set: null!, before null");
    assertThat(cache.containsKey("3 remove")).isFalse();
    assertThat(cache.get("4 throw")).isEqualTo("d");
    assertThat(cache.get("load get")).isEqualTo("loaded");
    assertThat(cache.get("none set")).isEqualTo("null!");
  }

  private static String told(RecordedEvent<String, String> event) {
    return "%s %s: %s, before %s"
        .formatted(event.type(), event.key(), event.value(), event.oldValue());
  }

  @Test
  void invokeAll_writerFailsOnOneKey_leavesThatOneAsItWas() {
    put("a set", "1", "b set", "2", "c set", "3", "d remove", "4");
    writer.failOn("b set", "d remove");

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            keys("a set", "b set", "c set", "d remove"), InvokeAllContract::asTheKeySays);

    assertThat(results.get("a set").get()).isEqualTo("1!");
    assertThat(results.get("c set").get()).isEqualTo("3!");
    for (String failed : List.of("b set", "d remove")) {
      assertThatExceptionOfType(EntryProcessorException.class)
          .isThrownBy(() -> results.get(failed).get())
          .withRootCauseInstanceOf(CacheWriterException.class);
    }
    assertThat(cache.getAll(keys("a set", "b set", "c set", "d remove")))
        .isEqualTo(entries("a set", "1!", "b set", "2", "c set", "3!", "d remove", "4"));
    assertThat(listener.types()).containsOnly(EventType.UPDATED).hasSize(2);
  }

  @Test
  void invokeAll_listenerFails_changesStand() {
    put("a set", "1", "b get", "2", "c set", "3");
    listener.failWith(new IllegalStateException("listener"));

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(keys("a set", "b get", "c set"), InvokeAllContract::asTheKeySays);

    listener.failWith(null);
    assertThat(results.get("b get").get()).isEqualTo("2");
    for (String failed : List.of("a set", "c set")) {
      assertThatExceptionOfType(CacheException.class).isThrownBy(() -> results.get(failed).get());
    }
    assertThat(cache.getAll(keys("a set", "c set")))
        .isEqualTo(entries("a set", "1!", "c set", "3!"));
  }

  @Test
  void invokeAll_errorOfAProcessor_isThrownAndWhatCameBeforeStands() {
    put("a set", "1", "b", "2", "c set", "3");

    assertThatExceptionOfType(LinkageError.class)
        .isThrownBy(
            () ->
                cache.invokeAll(
                    keys("a set", "b", "c set"),
                    (entry, arguments) -> {
                      if (entry.getKey().equals("b")) {
                        throw new LinkageError("as told");
                      }
                      return asTheKeySays(entry);
                    }));

    assertThat(cache.getAll(keys("a set", "c set")))
        .isEqualTo(entries("a set", "1!", "c set", "3"));
  }

  @Test
  void invokeAll_accessLifetimeZero_endsWhatWasRead() {
    put("a get", "1", "b get", "2", "c exists", "3");
    policy.answer(Call.ACCESS, Duration.ZERO);

    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(keys("a get", "b get", "c exists"), InvokeAllContract::asTheKeySays);

    assertThat(results.get("a get").get()).isEqualTo("1");
    assertThat(cache.containsKey("a get")).isFalse();
    assertThat(cache.containsKey("b get")).isFalse();
    assertThat(cache.containsKey("c exists")).isTrue();
  }

  @Test
  void invokeAll_thatChangesAnotherOfItsKeys_losesNothing() {
    put("a", "1", "b", "2");

    cache.invokeAll(
        keys("a", "b"),
        (entry, arguments) -> {
          if (entry.getKey().equals("a")) {
            cache.put("b", "20");
          }
          entry.setValue(Objects.requireNonNull(entry.getValue()) + "!");
          return null;
        });

    assertThat(cache.getAll(keys("a", "b"))).isEqualTo(entries("a", "1!", "b", "20!"));
  }
}
