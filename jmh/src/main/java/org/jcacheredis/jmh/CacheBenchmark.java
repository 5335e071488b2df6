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
    @Param({"jcache-redis", "jedis", "redisson"})
    public String contender;

    @Param("100")
    public int size;

    Session session;

    @Setup
    public void open() {
      session = Session.open(contender, size, null);
    }

    @TearDown
    public void close() {
      session.close();
    }
  }

  /** Entries that live ten minutes from their last change. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // as above
  public static class Expiring {
    @Param({"jcache-redis", "jedis", "redisson"})
    public String contender;

    @Param("100")
    public int size;

    Session session;

    @Setup
    public void open() {
      session = Session.open(contender, size, Duration.ofMinutes(10));
    }

    @TearDown
    public void close() {
      session.close();
    }
  }

  /** One key that all threads update, with a count of the updates that were acknowledged. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // as above
  public static class HotKey {
    @Param({"jcache-redis", "jedis", "redisson"})
    public String contender;

    @Param("100")
    public int size;

    final LongAdder acknowledged = new LongAdder();
    Session session;

    @Setup
    public void open() {
      session = Session.open(contender, size, null);
    }

    @TearDown
    public void close(BenchmarkParams parameters) {
      String last = session.cache().get(Payload.HOT_KEY);
      long stored = last == null ? 0 : Payload.count(last);
      if (stored != acknowledged.sum()) {
        Notes.add(
            "invokeHot, %s, %d threads: %,d calls returned, the counter says %,d"
                .formatted(contender, parameters.getThreads(), acknowledged.sum(), stored));
      }
      session.close();
    }
  }

  @Benchmark
  public @Nullable String get(Eternal entries) {
    return entries.session.cache().get(entries.session.anyKey());
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
