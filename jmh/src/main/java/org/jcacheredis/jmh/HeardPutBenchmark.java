// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.jcacheredis.testkit.JavaProcess;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a {@code put} costs when a listener in another JVM hears of it, and when nobody does. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // the benchmark kit fills the fields before it calls anything
public class HeardPutBenchmark {
  static final String CACHE = "heard";
  private static final int KEYS = 1024;

  /** Who listens, in a JVM of its own. */
  public enum Audience {
    NOBODY,
    ONE_LISTENER
  }

  @Param public Audience audience;

  private CacheManager manager;
  private Cache<String, String> cache;
  private @Nullable JavaProcess other;
  private final String value = "v".repeat(100);

  @Setup
  public void open() {
    String server = System.getProperty(Session.SERVER_PROPERTY);
    manager =
        Caching.getCachingProvider("org.jcacheredis.RedisCachingProvider")
            .getCacheManager(
                URI.create(server), HeardPutBenchmark.class.getClassLoader(), new Properties());
    cache =
        manager.createCache(
            CACHE, new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    if (audience == Audience.ONE_LISTENER) {
      other = JavaProcess.start(HeardPutListener.class, server);
      other.awaitLine(HeardPutListener.READY);
    }
  }

  @TearDown
  public void close() {
    if (other != null) {
      other.close();
    }
    manager.destroyCache(CACHE);
    manager.close();
  }

  /** Each thread goes through the keys by itself. */
  @State(Scope.Thread)
  public static class Turn {
    private final String[] keys = new String[KEYS];
    private int next;

    @Setup
    public void name() {
      for (int i = 0; i < KEYS; i++) {
        keys[i] = "key-" + i;
      }
    }

    String key() {
      return keys[next++ & KEYS - 1];
    }
  }

  @Benchmark
  public void put(Turn turn) {
    cache.put(turn.key(), value);
  }
}
