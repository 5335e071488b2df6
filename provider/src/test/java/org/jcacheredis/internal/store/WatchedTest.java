// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.store.EntryStore.Invocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a watcher is told, and when: the calls of store and watcher in their order. */
class WatchedTest {
  private static final EntryKey A = new EntryKey("a".getBytes(UTF_8));
  private static final EntryKey B = new EntryKey("b".getBytes(UTF_8));
  private static final Program PROGRAM = Program.load("apply");

  private final List<String> calls = new ArrayList<>();
  private @Nullable CacheException failure;
  private final EntryStore watched = new Watched(store(), new Notes());

  /** Answers nothing to any call, or fails. */
  private EntryStore store() {
    return (EntryStore)
        Proxy.newProxyInstance(
            WatchedTest.class.getClassLoader(),
            new Class<?>[] {EntryStore.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              if (failure != null) {
                throw failure;
              }
              return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
            });
  }

  private final class Notes implements ChangeWatcher {
    @Override
    public void changed(Collection<EntryKey> keys) {
      calls.add("changed " + keys);
    }

    @Override
    public void cleared() {
      calls.add("cleared");
    }

    @Override
    public void unsettled(Collection<EntryKey> keys) {
      calls.add("unsettled " + keys);
    }

    @Override
    public void unsettledAll() {
      calls.add("unsettledAll");
    }
  }

  static Stream<Arguments> changes() {
    Change touch = Change.touch(A, Lifetimes.ETERNAL);
    return Stream.of(
        change(store -> store.apply(Change.discard(A)), "apply", "changed [a]", "unsettled [a]"),
        change(store -> store.apply(touch), "apply", "changed []", "unsettled [a]"),
        change(
            store -> store.applyAll(List.of(touch, Change.expiry(B))),
            "applyAll",
            "changed [b]",
            "unsettled [a, b]"),
        change(store -> store.run(PROGRAM, A, List.of()), "run", "changed [a]", "unsettled [a]"),
        change(
            store ->
                store.runAll(
                    PROGRAM, List.of(new Invocation(A, List.of()), new Invocation(B, List.of()))),
            "runAll",
            "changed [a, b]",
            "unsettled [a, b]"),
        change(EntryStore::clear, "clear", "cleared", "unsettledAll"));
  }

  private static Arguments change(Consumer<EntryStore> change, String... calls) {
    return Arguments.of(calls[0], change, List.of(calls));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("changes")
  void change_isToldOfAfterTheAnswer(
      String name, Consumer<EntryStore> change, List<String> expected) {
    change.accept(watched);
    assertThat(calls).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void failedChange_isUnsettledAllTheSame(
      String name, Consumer<EntryStore> change, List<String> expected) {
    failure = new CacheException("no answer");

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> change.accept(watched))
        .isSameAs(failure);

    assertThat(calls).containsExactly(expected.get(0), expected.get(2));
  }

  @Test
  void reads_areNotToldOf() {
    watched.read(A, Lifetimes.ETERNAL);
    watched.readAll(List.of(A), Lifetimes.ETERNAL);
    watched.readTimed(A);
    watched.readAllTimed(List.of(A));
    watched.contains(A);
    watched.present(List.of(A));
    watched.remaining(A);
    watched.remainingAll(List.of(A));
    watched.claimAll(List.of(A));
    watched.scan(null);

    assertThat(calls)
        .hasSize(10)
        .noneMatch(call -> Set.of("changed", "cleared", "unsettled").contains(call.split(" ")[0]));
  }
}
