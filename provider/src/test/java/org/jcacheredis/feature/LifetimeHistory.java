// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What several threads did to one key at the same time, and whether there is an order of it that a
 * map with lifetimes explains: a search through all orders that keep to the times, after Wing and
 * Gong. An entry may be gone from the earliest end of its lifetime on, and must be from the latest.
 */
final class LifetimeHistory {
  private static final long NEVER = Long.MAX_VALUE;

  /** The server's clock ticks in milliseconds. */
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

  /** How far the time that the server read before it read a command may lie behind. */
  private static final long LAG = TimeUnit.MILLISECONDS.toNanos(50);

  /** What a call does. */
  enum Call {
    GET,
    CONTAINS,
    PUT,
    GET_AND_PUT,
    PUT_IF_ABSENT,
    REPLACE,
    GET_AND_REPLACE,
    REPLACE_EQUAL,
    REMOVE,
    GET_AND_REMOVE,
    REMOVE_EQUAL,
    APPEND
  }

  /** Milliseconds; -1 without an end, -2 unchanged. */
  record Lives(long onCreation, long onUpdate, long onAccess) {}

  /**
   * One call from its begin to its return, in nanoseconds.
   *
   * @param expected what it compares with
   * @param result what it returned; "true" or "false" of those that say no more
   */
  record Done(
      Call call, Lives lives, String value, String expected, String result, long start, long end) {}

  /** The entry; {@code value} is null if there is none. */
  private record State(String value, long earliest, long latest) {
    static final State ABSENT = new State(null, NEVER, NEVER);

    State with(String next, long millis, Done done) {
      if (millis == -2) {
        return new State(next, earliest, latest);
      }
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      return millis == -1
          ? new State(next, NEVER, NEVER)
          : new State(next, done.start + nanos - TICK, done.end + nanos + LAG);
    }
  }

  private record Place(List<Integer> positions, State state) {}

  private final List<List<Done>> threads;
  private final Set<Place> failed = new HashSet<>();

  /** What each thread did, in its order. */
  LifetimeHistory(List<List<Done>> threads) {
    this.threads = threads;
  }

  boolean isExplained() {
    return isExplained(new int[threads.size()], State.ABSENT);
  }

  private boolean isExplained(int[] positions, State state) {
    long horizon = NEVER;
    for (int t = 0; t < positions.length; t++) {
      if (positions[t] < threads.get(t).size()) {
        horizon = Math.min(horizon, threads.get(t).get(positions[t]).end);
      }
    }
    if (horizon == NEVER) {
      return true;
    }
    Place place = new Place(Arrays.stream(positions).boxed().toList(), state);
    if (failed.contains(place)) {
      return false;
    }
    for (int t = 0; t < positions.length; t++) {
      if (positions[t] < threads.get(t).size()) {
        Done done = threads.get(t).get(positions[t]);
        if (done.start <= horizon && follows(positions, t, done, state)) {
          return true;
        }
      }
    }
    failed.add(place);
    return false;
  }

  private boolean follows(int[] positions, int thread, Done done, State state) {
    int[] next = positions.clone();
    next[thread]++;
    if (state.value != null && done.end >= state.earliest) {
      State after = after(done, State.ABSENT);
      if (after != null && isExplained(next, after)) {
        return true;
      }
    }
    if (state.value != null && done.start > state.latest) {
      return false;
    }
    State after = after(done, state);
    return after != null && isExplained(next, after);
  }

  /** Null if the call cannot have returned what it did. */
  private static State after(Done done, State state) {
    boolean isThere = state.value != null;
    boolean isEqual = isThere && state.value.equals(done.expected);
    return switch (done.call) {
      case GET -> returned(done, state.value, read(done, state));
      case CONTAINS -> returned(done, isThere, state);
      case PUT -> stored(done, state, done.value);
      case GET_AND_PUT -> returned(done, state.value, stored(done, state, done.value));
      case PUT_IF_ABSENT ->
          returned(done, !isThere, isThere ? state : stored(done, state, done.value));
      case REPLACE -> returned(done, isThere, isThere ? stored(done, state, done.value) : state);
      case GET_AND_REPLACE ->
          returned(done, state.value, isThere ? stored(done, state, done.value) : state);
      case REPLACE_EQUAL ->
          returned(done, isEqual, isEqual ? stored(done, state, done.value) : state);
      case REMOVE -> returned(done, isThere, State.ABSENT);
      case GET_AND_REMOVE -> returned(done, state.value, State.ABSENT);
      case REMOVE_EQUAL -> returned(done, isEqual, isEqual ? State.ABSENT : state);
      case APPEND ->
          returned(
              done,
              state.value,
              stored(done, state, isThere ? state.value + "+" + done.value : done.value));
    };
  }

  private static State read(Done done, State state) {
    return state.value == null ? state : state.with(state.value, done.lives.onAccess, done);
  }

  private static State stored(Done done, State state, String value) {
    return state.value == null
        ? state.with(value, done.lives.onCreation, done)
        : state.with(value, done.lives.onUpdate, done);
  }

  private static State returned(Done done, Object expected, State after) {
    return Objects.equals(done.result, expected == null ? null : expected.toString())
        ? after
        : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    threads.stream()
        .flatMap(List::stream)
        .sorted((a, b) -> Long.compare(a.start, b.start))
        .forEach(
            done ->
                text.append(
                    String.format(
                        "%n%,12d to %,12d us %s(%s, %s) by %s gave %s",
                        done.start / 1000,
                        done.end / 1000,
                        done.call,
                        done.value,
                        done.expected,
                        done.lives,
                        done.result)));
    return text.toString();
  }
}
