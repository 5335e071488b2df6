// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a hit of the local tier costs through {@code javax.cache}, beside what it cannot do without:
 * a look into raw Caffeine for a value that may be shared, the codec's work for one that may not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class LocalHitBenchmark {

  /** The caches; each benchmark fills what it reads, so that the compiler sees nothing else. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // the benchmark kit fills the fields before it calls anything
  public static class Empty {
    LocalHitSession session;

    @Setup
    public void open() throws Exception {
      session = LocalHitSession.open(URI.create(System.getProperty(Session.SERVER_PROPERTY)));
      fill();
      // as in a JVM that has run for a while: entries lie beside each other, not among what the
      // network left between them
      System.gc();
    }

    void fill() throws Exception {}

    @TearDown
    public void close() {
      session.close();
    }
  }

  /** Caffeine alone holds values. */
  @State(Scope.Benchmark)
  public static class Raw extends Empty {
    @Override
    void fill() {
      for (String key : session.keys()) {
        session.raw().put(key, "value of " + key);
      }
    }
  }

  /** All entries of the cache of strings are served in this JVM. */
  @State(Scope.Benchmark)
  public static class Strings extends Empty {
    @Override
    void fill() throws Exception {
      session.fill(session.strings(), key -> "value of " + key);
    }
  }

  /** All entries of the cache of lists are served in this JVM. */
  @State(Scope.Benchmark)
  public static class Lists extends Empty {
    @Override
    void fill() throws Exception {
      session.fill(session.lists(), key -> LocalHitSession.list());
    }
  }

  /** Each thread goes through the keys by itself. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    String key(LocalHitSession session) {
      return session.keys()[next++ & LocalHitSession.KEYS - 1];
    }
  }

  @Benchmark
  public @Nullable String rawCaffeine(Raw filled, Turn turn) {
    return filled.session.raw().getIfPresent(turn.key(filled.session));
  }

  @Benchmark
  public @Nullable String hitOfString(Strings filled, Turn turn) {
    return filled.session.strings().get(turn.key(filled.session));
  }

  @Benchmark
  public Object decode(Empty filled) {
    return filled.session.codec().decodeValue(filled.session.bytes());
  }

  @Benchmark
  @SuppressWarnings("rawtypes") // caches have no generic value types
  public @Nullable ArrayList hitOfBytes(Lists filled, Turn turn) {
    return filled.session.lists().get(turn.key(filled.session));
  }

  /** Each is measured beside the other; the second may take so many times as long. */
  record Pair(String floor, String hit, double limit) {
    static final List<Pair> ALL =
        List.of(new Pair("rawCaffeine", "hitOfString", 2.0), new Pair("decode", "hitOfBytes", 1.2));
  }
}
