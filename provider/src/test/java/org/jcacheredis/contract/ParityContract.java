// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheWriterException;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.jcacheredis.testkit.recording.RecordingWriter.WriterCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation in every circumstance: result, content, counters, events, writes, questions. */
abstract class ParityContract extends CacheContract {

  private final RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
  private final RecordingWriter<String, String> writer = new RecordingWriter<>();
  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private final RecordingExpiryPolicy policy =
      RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
  private boolean filtering;
  private Cache<String, String> cache;

  /** One cell of the table. */
  record Cell(MutatingOperation operation, ParityCorner corner) {
    @Override
    public String toString() {
      return operation + " " + corner;
    }
  }

  ParityContract(Backend backend) {
    super(backend);
  }

  static Stream<Cell> cells() {
    return Arrays.stream(MutatingOperation.values())
        .flatMap(
            operation ->
                Arrays.stream(ParityCorner.values()).map(corner -> new Cell(operation, corner)));
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
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        listener.factory(), () -> event -> !filtering, true, true)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void operation_inCorner_doesWhatTheTableSays(Cell cell) {
    enter(cell.corner());
    Counters before = Counters.of(cache);

    Object result = run(cell.operation());

    Counters counted = Counters.of(cache).since(before);
    List<Call> asked = asked();
    List<EventType> told = told(cell);
    List<WriterCall> written = writer.calls();
    ParityExpectation expected = cell.corner().expected(cell.operation());
    assertThat(result).as("result").isEqualTo(expected.result());
    checkCounters(cell, counted, expected.counted());
    assertThat(told).as("events").isEqualTo(listOf(expected.event()));
    assertThat(written).extracting(WriterCall::method).isEqualTo(listOf(expected.written()));
    checkQuestions(cell, asked, expected.asked());
    assertThat(cache.getAndRemove("k")).as("content").isEqualTo(content(expected));
  }

  private String content(ParityExpectation expected) {
    writer.heal();
    return expected.content();
  }

  private void enter(ParityCorner corner) {
    if (corner.present()) {
      cache.put("k", "v");
    }
    if (corner == ParityCorner.EXPIRED_UNDERNEATH) {
      policy.answer(Call.CREATION, ExpiryContract.SHORT);
      cache.put("k", "v");
      Awaitility.await().until(() -> !cache.containsKey("k"));
    }
    for (Call call : Call.values()) {
      policy.answer(call, corner.answer(call));
      if (corner.throwsInPolicy()) {
        policy.failWith(call, new IllegalStateException("no answer, as told"));
      }
    }
    filtering = corner.filtersEvents();
    if (corner.failsWriting()) {
      writer.failWith(new IllegalStateException("database is down, as told"));
    }
    writer.clearCalls();
    listener.clear();
    policy.clear();
  }

  private Object run(MutatingOperation operation) {
    try {
      return operation.run(cache);
    } catch (CacheWriterException e) {
      return ParityCorner.WRITER_EXCEPTION;
    } catch (javax.cache.processor.EntryProcessorException e) {
      assertThat(e).hasCauseInstanceOf(CacheWriterException.class);
      return ParityCorner.WRITER_EXCEPTION;
    } finally {
      writer.failWith(null);
    }
  }

  // EXPIRED comes when the cache notices; an update to nothing may be told as UPDATED or EXPIRED
  private List<EventType> told(Cell cell) {
    List<EventType> told = new ArrayList<>();
    for (RecordedEvent<String, String> event : listener.events()) {
      if (event.type() != EventType.EXPIRED) {
        told.add(event.type());
      }
    }
    EventType expected = cell.corner().expected(cell.operation()).event();
    boolean open = cell.corner() == ParityCorner.ZERO_ON_PRESENT && expected == EventType.UPDATED;
    return open && told.isEmpty() ? List.of(EventType.UPDATED) : told;
  }

  private static void checkCounters(Cell cell, Counters counted, Counters expected) {
    if (cell.corner().failsWriting()) {
      assertThat(counted.puts()).as("puts").isZero();
      assertThat(counted.removals()).as("removals").isZero();
    } else if (cell.corner() == ParityCorner.ZERO_ON_ABSENT
        && cell.operation() == MutatingOperation.PUT_IF_ABSENT) {
      assertThat(counted).as("a miss or nothing").isIn(Counters.NONE, new Counters(0, 1, 0, 0));
    } else if (cell.corner() != ParityCorner.FAILING_WRITER_ON_ABSENT) {
      assertThat(counted).as("counters").isEqualTo(expected);
    }
  }

  private static void checkQuestions(Cell cell, List<Call> asked, Call expected) {
    if (!cell.corner().failsWriting()) {
      assertThat(asked).as("questions").isEqualTo(listOf(expected));
    }
  }

  private List<Call> asked() {
    List<Call> asked = new ArrayList<>();
    for (Call call : Call.values()) {
      for (int i = 0; i < policy.count(call); i++) {
        asked.add(call);
      }
    }
    return asked;
  }

  private static <T> List<T> listOf(T element) {
    return element == null ? List.of() : List.of(element);
  }
}
