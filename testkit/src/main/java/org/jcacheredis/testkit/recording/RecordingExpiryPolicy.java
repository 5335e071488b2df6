// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.Factory;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** Gives the durations it was given, or throws, and counts the calls. Thread-safe. */
public final class RecordingExpiryPolicy implements ExpiryPolicy, AutoCloseable {
  private final Map<Call, Answer> answers = Collections.synchronizedMap(new EnumMap<>(Call.class));
  private final Map<Call, AtomicInteger> counts = new EnumMap<>(Call.class);
  private final AtomicInteger closes = new AtomicInteger();

  /** The questions that a cache asks of a policy. */
  public enum Call {
    CREATION,
    ACCESS,
    UPDATE
  }

  private RecordingExpiryPolicy() {
    for (Call call : Call.values()) {
      counts.put(call, new AtomicInteger());
    }
  }

  /** A policy of three durations; null on access or update leaves the expiry as it is. */
  public static RecordingExpiryPolicy of(
      @Nullable Duration creation, @Nullable Duration access, @Nullable Duration update) {
    RecordingExpiryPolicy policy = new RecordingExpiryPolicy();
    policy.answer(Call.CREATION, creation);
    policy.answer(Call.ACCESS, access);
    policy.answer(Call.UPDATE, update);
    return policy;
  }

  /** A factory of this very policy. */
  public Factory<RecordingExpiryPolicy> factory() {
    return new InstanceFactory<>(this);
  }

  /** From now on gives this duration. */
  public void answer(Call call, @Nullable Duration duration) {
    answers.put(call, new Answer(duration, null));
  }

  /** From now on throws this. */
  public void failWith(Call call, RuntimeException exception) {
    answers.put(call, new Answer(null, exception));
  }

  /** The number of calls so far. */
  public int count(Call call) {
    return counter(call).get();
  }

  /** Forgets the calls so far. */
  public void clear() {
    counts.values().forEach(counter -> counter.set(0));
  }

  /** How often the cache closed this policy. */
  public int closeCount() {
    return closes.get();
  }

  @Override
  @SuppressWarnings("NullAway") // javax.cache: null leaves the expiry unchanged
  public Duration getExpiryForCreation() {
    return ask(Call.CREATION);
  }

  @Override
  @SuppressWarnings("NullAway") // javax.cache: null leaves the expiry unchanged
  public Duration getExpiryForAccess() {
    return ask(Call.ACCESS);
  }

  @Override
  @SuppressWarnings("NullAway") // javax.cache: null leaves the expiry unchanged
  public Duration getExpiryForUpdate() {
    return ask(Call.UPDATE);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  private @Nullable Duration ask(Call call) {
    counter(call).incrementAndGet();
    Answer answer = answers.getOrDefault(call, Answer.NONE);
    if (answer.failure() != null) {
      throw answer.failure();
    }
    return answer.duration();
  }

  @SuppressWarnings("NullAway") // the constructor fills in every constant
  private AtomicInteger counter(Call call) {
    return counts.get(call);
  }

  private record Answer(@Nullable Duration duration, @Nullable RuntimeException failure) {
    static final Answer NONE = new Answer(null, null);
  }
}
