// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.processor.MutableEntry;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jcacheredis.testkit.recording.RecordingWriter.Method;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The net effect of every sequence of calls a processor can make on its entry. */
abstract class EntryProcessorTableContract extends CacheContract {

  /** The state of the entry before, and whether the cache reads through. */
  enum Start {
    PRESENT,
    ABSENT,
    LOADABLE
  }

  /** What remains of a processor: value, writer's call, counters, questions, event. */
  record Net(String value, Method write, Counters counters, List<Call> asked, EventType event) {}

  /** A start, what the processor does, and what must remain. */
  record Row(String name, Start start, Consumer<MutableEntry<String, String>> body, Net net) {
    @Override
    public String toString() {
      return start + ": " + name;
    }
  }

  private static final Counters HIT = new Counters(1, 0, 0, 0);
  private static final Counters HIT_PUT = new Counters(1, 0, 1, 0);
  private static final Counters HIT_REMOVAL = new Counters(1, 0, 0, 1);
  private static final Counters MISS = new Counters(0, 1, 0, 0);
  private static final Counters MISS_PUT = new Counters(0, 1, 1, 0);

  EntryProcessorTableContract(Backend backend) {
    super(backend);
  }

  static Stream<Row> rows() {
    return Stream.of(present(), absent(), loadable()).flatMap(List::stream);
  }

  private static List<Row> present() {
    Net untouched = new Net("v", null, HIT, List.of(), null);
    Net updated = new Net("w", Method.WRITE, HIT_PUT, List.of(Call.UPDATE), EventType.UPDATED);
    Net removed = new Net(null, Method.DELETE, HIT_REMOVAL, List.of(), EventType.REMOVED);
    return List.of(
        row("nothing", Start.PRESENT, entry -> {}, untouched),
        row("exists", Start.PRESENT, MutableEntry::exists, untouched),
        row("getKey", Start.PRESENT, MutableEntry::getKey, untouched),
        row(
            "get",
            Start.PRESENT,
            MutableEntry::getValue,
            new Net("v", null, HIT, List.of(Call.ACCESS), null)),
        row("set", Start.PRESENT, entry -> set(entry, "w"), updated),
        row("set, get", Start.PRESENT, entry -> get(set(entry, "w")), updated),
        row("set twice", Start.PRESENT, entry -> set(set(entry, "x"), "w"), updated),
        row("remove", Start.PRESENT, MutableEntry::remove, removed),
        row("remove, set", Start.PRESENT, entry -> set(remove(entry), "w"), updated),
        row("set, remove", Start.PRESENT, entry -> remove(set(entry, "w")), removed),
        row("set, remove, set", Start.PRESENT, e -> set(remove(set(e, "x")), "w"), updated));
  }

  private static List<Row> absent() {
    Net untouched = new Net(null, null, MISS, List.of(), null);
    Net created = new Net("w", Method.WRITE, MISS_PUT, List.of(Call.CREATION), EventType.CREATED);
    return List.of(
        row("nothing", Start.ABSENT, entry -> {}, untouched),
        row("exists", Start.ABSENT, MutableEntry::exists, untouched),
        row("get", Start.ABSENT, MutableEntry::getValue, untouched),
        row("set", Start.ABSENT, entry -> set(entry, "w"), created),
        row("get, set", Start.ABSENT, entry -> set(get(entry), "w"), created),
        row("set, get", Start.ABSENT, entry -> get(set(entry, "w")), created),
        row(
            "remove",
            Start.ABSENT,
            MutableEntry::remove,
            new Net(null, Method.DELETE, MISS, List.of(), null)),
        row("set, remove", Start.ABSENT, entry -> remove(set(entry, "w")), untouched),
        row("set, remove, set", Start.ABSENT, e -> set(remove(set(e, "x")), "w"), created));
  }

  private static List<Row> loadable() {
    Net loaded = new Net("loaded", null, MISS, List.of(Call.CREATION), EventType.CREATED);
    Net created = new Net("w", Method.WRITE, MISS_PUT, List.of(Call.CREATION), EventType.CREATED);
    return List.of(
        row(
            "exists",
            Start.LOADABLE,
            MutableEntry::exists,
            new Net(null, null, MISS, List.of(), null)),
        row("get", Start.LOADABLE, MutableEntry::getValue, loaded),
        row("get twice", Start.LOADABLE, entry -> get(get(entry)), loaded),
        row("get, set", Start.LOADABLE, entry -> set(get(entry), "w"), created),
        row("set", Start.LOADABLE, entry -> set(entry, "w"), created),
        row(
            "get, remove",
            Start.LOADABLE,
            entry -> remove(get(entry)),
            new Net(null, Method.DELETE, MISS, List.of(), null)));
  }

  private static Row row(
      String name, Start start, Consumer<MutableEntry<String, String>> body, Net net) {
    return new Row(name, start, body, net);
  }

  private static MutableEntry<String, String> get(MutableEntry<String, String> entry) {
    String first = entry.getValue();
    assertThat(entry.getValue()).isEqualTo(first);
    return entry;
  }

  private static MutableEntry<String, String> set(MutableEntry<String, String> entry, String to) {
    entry.setValue(to);
    assertThat(entry.exists()).isTrue();
    return entry;
  }

  private static MutableEntry<String, String> remove(MutableEntry<String, String> entry) {
    entry.remove();
    assertThat(entry.exists()).isFalse();
    return entry;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void invoke_sequenceOfCalls_leavesTheNetEffect(Row row) {
    assertThat(run(row, cache -> invoke(cache, row))).isEqualTo(row.net());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void invokeAll_sequenceOfCalls_leavesTheNetEffect(Row row) {
    assertThat(run(row, cache -> invokeAll(cache, row))).isEqualTo(row.net());
  }

  private static void invoke(Cache<String, String> cache, Row row) {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          row.body().accept(entry);
          return null;
        });
  }

  private static void invokeAll(Cache<String, String> cache, Row row) {
    var results =
        cache.invokeAll(
            keys("k"),
            (entry, arguments) -> {
              row.body().accept(entry);
              return null;
            });
    assertThat(results).isEmpty();
  }

  private Net run(Row row, Consumer<Cache<String, String>> call) {
    var loader = RecordingLoader.<String, String>of(key -> "loaded");
    var writer = new RecordingWriter<String, String>();
    var listener = new RecordingListener<String, String>();
    var policy = RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
    MutableConfiguration<String, String> configuration =
        countedStrings()
            .setWriteThrough(true)
            .setCacheWriterFactory(writer.factory())
            .setExpiryPolicyFactory(policy.factory())
            .addCacheEntryListenerConfiguration(listener.configuration(true, true));
    if (row.start() == Start.LOADABLE) {
      configuration.setReadThrough(true).setCacheLoaderFactory(loader.factory());
    }
    Cache<String, String> cache = create(configuration);
    if (row.start() == Start.PRESENT) {
      cache.put("k", "v");
    }
    writer.clearCalls();
    listener.clear();
    policy.clear();
    Counters before = Counters.of(cache);
    call.accept(cache);
    Counters counted = Counters.of(cache).since(before);
    List<Call> asked = asked(policy);
    Method written = only(writer.calls().stream().map(WriterCall::method).toList());
    EventType event = only(listener.types());
    // removal neither loads nor asks, and everything else has been read by now
    return new Net(cache.getAndRemove("k"), written, counted, asked, event);
  }

  private static List<Call> asked(RecordingExpiryPolicy policy) {
    return Stream.of(Call.values())
        .flatMap(call -> java.util.Collections.nCopies(policy.count(call), call).stream())
        .toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSizeLessThan(2);
    return list.isEmpty() ? null : list.get(0);
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void invoke_getThenSetOnPresent_asksUpdateOnceAndAccessAtMostOnce(Start start) {
    var policy = RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
    Cache<String, String> cache = create(strings().setExpiryPolicyFactory(policy.factory()));
    if (start == Start.PRESENT) {
      cache.put("k", "v");
    }
    policy.clear();
    cache.<Object>invoke(
        "k",
        (entry, arguments) -> {
          set(get(entry), "w");
          return null;
        });
    Call expected = start == Start.PRESENT ? Call.UPDATE : Call.CREATION;
    assertThat(policy.count(expected)).isEqualTo(1);
    assertThat(policy.count(Call.ACCESS)).isLessThanOrEqualTo(1);
    assertThat(cache.get("k")).isEqualTo("w");
  }
}
