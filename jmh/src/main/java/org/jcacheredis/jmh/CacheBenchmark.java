// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Plain calls, whatever is measured of them. A bulk call of {@link Payload#BATCH} entries counts as
 * one call.
 */
public class CacheBenchmark {

  /** Entries that never expire. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // the benchmark kit fills the fields before it calls anything
  public static class Eternal {
    @Param("jcache-redis")
    public String contender;

    @Param("100")
    public int size;

    @Param("10000")
    public int entries;

    Session session;

    @Setup
    public void open() {
      session = Session.open(contender, size, entries, timeToLive());
    }

    @TearDown
    public void close(BenchmarkParams parameters) {
      session.close();
    }

    @Nullable Duration timeToLive() {
      return null;
    }
  }

  /** Entries that live ten minutes from their last change. */
  @State(Scope.Benchmark)
  public static class Expiring extends Eternal {
    @Override
    Duration timeToLive() {
      return Duration.ofMinutes(10);
    }
  }

  /** Entries of which some calls read and the others write. */
  @State(Scope.Benchmark)
  public static class Mixed extends Eternal {
    @Param("90")
    public int reads;
  }

  /** One key that all threads update, with a count of the updates that were acknowledged. */
  @State(Scope.Benchmark)
  public static class HotKey extends Eternal {
    final LongAdder acknowledged = new LongAdder();

    @Override
    public void close(BenchmarkParams parameters) {
      String last = session.cache().get(Payload.HOT_KEY);
      long stored = last == null ? 0 : Payload.count(last);
      if (stored != acknowledged.sum()) {
        Notes.add(
            "invokeHot, %s, %d threads: %,d calls returned, the counter says %,d"
                .formatted(contender, parameters.getThreads(), acknowledged.sum(), stored));
      }
      super.close(parameters);
    }
  }

  @Benchmark
  public @Nullable String get(Eternal entries) {
    return entries.session.cache().get(entries.session.anyKey());
  }

  @Benchmark
  public @Nullable String getHot(Eternal entries) {
    return entries.session.cache().get(Payload.HOT_KEY);
  }

  @Benchmark
  public @Nullable String getAbsent(Eternal entries) {
    return entries.session.cache().get(entries.session.absentKey());
  }

  @Benchmark
  public void put(Eternal entries) {
    entries.session.cache().put(entries.session.anyKey(), entries.session.value());
  }

  @Benchmark
  public void putWithTtl(Expiring entries) {
    entries.session.cache().put(entries.session.anyKey(), entries.session.value());
  }

  @Benchmark
  public @Nullable String mix(Mixed entries) {
    Session session = entries.session;
    if (session.reads(entries.reads)) {
      return session.cache().get(session.anyKey());
    }
    session.cache().put(session.anyKey(), session.value());
    return null;
  }

  @Benchmark
  public Map<String, String> getAll(Eternal entries) {
    return entries.session.cache().getAll(entries.session.anyBatch().keySet());
  }

  @Benchmark
  public void putAll(Eternal entries) {
    entries.session.cache().putAll(entries.session.anyBatch());
  }

  @Benchmark
  public @Nullable String invoke(Eternal entries) {
    return entries.session.cache().increment(entries.session.anyKey());
  }

  @Benchmark
  public @Nullable String invokeHot(HotKey hot) {
    String next = hot.session.cache().increment(Payload.HOT_KEY);
    hot.acknowledged.increment();
    return next;
  }
}
