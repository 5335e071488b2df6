// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.RedisProbe.SlowCommand;
import org.jcacheredis.testkit.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Promises with a number in them, measured; each on a line of the log that begins FIGURE. */
class FiguresIT {
  private static final Logger LOG = LoggerFactory.getLogger(FiguresIT.class);
  private static final String NAMESPACE = "FiguresIT";
  private static final int SHORT_LIVED = 20_000;
  private static final int OWN = 200_000;
  private static final int FOREIGN = 200_000;
  private static final int SLOW_MICROS = 10_000;
  private static final int BULK = 5_000;
  private static final int ATTEMPTS = 5;

  private RedisServer server;
  private RedisProbe probe;

  @BeforeEach
  void start() {
    server = RedisServer.start();
    probe = RedisProbe.of(server);
  }

  @AfterEach
  void stop() {
    probe.close();
    server.close();
  }

  /** The other JVM: puts entries that live for a second, and is gone. */
  static final class ShortLived {
    private ShortLived() {}

    public static void main(String[] arguments) {
      try (RedisCachingProvider provider = new RedisCachingProvider()) {
        Cache<String, String> cache =
            cache(
                provider,
                URI.create(arguments[0]),
                new javax.cache.expiry.Duration(TimeUnit.SECONDS, 1));
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < SHORT_LIVED; i++) {
          entries.put("key-" + i, "value".repeat(20));
        }
        cache.putAll(entries);
      }
    }
  }

  @Test
  void lifetimes_allOver_freeTheServersMemoryWithNoJvmConnected() {
    long baseline = memoryOnceUsed();
    probe.resetStats();
    try (JavaProcess writer = JavaProcess.start(ShortLived.class, server.uri().toString())) {
      assertThat(writer.exitValue()).as("%s", writer.lines()).isZero();
    }
    long written = probe.commandCounts().getOrDefault("set", 0L);
    long ended = System.nanoTime();
    await().until(() -> "1".equals(probe.info("clients").get("connected_clients")));
    await().atMost(Duration.ofSeconds(10)).until(() -> isBackTo(baseline));
    LOG.info(
        "FIGURE expiry: {} entries of 1 s, their JVM gone: used_memory {} B before, at most {} B,"
            + " {} B {} ms after the end of the JVM",
        written,
        baseline,
        probe.info("memory").get("used_memory_peak"),
        probe.usedMemory(),
        millisSince(ended));
    assertThat(written).isEqualTo(SHORT_LIVED);
  }

  private boolean isBackTo(long baseline) {
    return Long.valueOf(0).equals(probe.command("DBSIZE"))
        && probe.usedMemory() <= baseline * 105 / 100;
  }

  /** What a server needs that has held as much before: buffers, tables, scripts. */
  private long memoryOnceUsed() {
    ShortLived.main(new String[] {server.uri().toString()});
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Long.valueOf(0).equals(probe.command("DBSIZE")));
    return probe.usedMemory();
  }

  @Test
  void clear_amongForeignKeys_neverHoldsUpTheServer() {
    store("foreign:", FOREIGN);
    probe.command("CONFIG", "SET", "slowlog-log-slower-than", Integer.toString(SLOW_MICROS));
    // the slow log goes by the clock on the wall: a server that the machine does not let run looks
    // slow, but not each time
    List<SlowCommand> slow = clear();
    for (int attempt = 1; !slow.isEmpty() && attempt < ATTEMPTS; attempt++) {
      slow = clear();
    }
    assertThat(slow).isEmpty();
    assertThat(probe.get("foreign:" + (FOREIGN - 1))).isEqualTo("v");
  }

  /** Fills and clears the cache once; the commands over the limit. */
  private List<SlowCommand> clear() {
    store(NAMESPACE + ":orders:", OWN);
    assertThat(probe.command("DBSIZE")).isEqualTo((long) OWN + FOREIGN);
    probe.command("SLOWLOG", "RESET");
    Map<String, Long> commands;
    long start = System.nanoTime();
    try (RedisCachingProvider provider = new RedisCachingProvider()) {
      Cache<String, String> cache =
          cache(provider, server.uri(), javax.cache.expiry.Duration.ETERNAL);
      commands = probe.commandsDuring(cache::clear);
    }
    long millis = millisSince(start);
    List<SlowCommand> slow = probe.slowlog();
    LOG.info(
        "FIGURE clear: {} entries among {} foreign keys in {} ms, {} commands over {} us, {}",
        OWN,
        FOREIGN,
        millis,
        slow.size(),
        SLOW_MICROS,
        commands);
    assertThat(probe.command("DBSIZE")).isEqualTo((long) FOREIGN);
    assertThat(commands).doesNotContainKeys("keys", "del", "flushdb", "flushall");
    return slow;
  }

  private static Cache<String, String> cache(
      RedisCachingProvider provider, URI uri, javax.cache.expiry.Duration lifetime) {
    Properties properties = new Properties();
    properties.put("jcache-redis.namespace", NAMESPACE);
    MutableConfiguration<String, String> configuration = new MutableConfiguration<>();
    configuration
        .setTypes(String.class, String.class)
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(lifetime));
    return provider
        .getCacheManager(uri, FiguresIT.class.getClassLoader(), properties)
        .createCache("orders", configuration);
  }

  /** Raw pipelines: one key at a time would take minutes. */
  private void store(String prefix, int count) {
    try (Socket socket = new Socket(server.host(), server.port())) {
      for (int from = 0; from < count; from += BULK) {
        int size = Math.min(BULK, count - from);
        StringBuilder batch = new StringBuilder();
        for (int i = from; i < from + size; i++) {
          batch.append("SET ").append(prefix).append(i).append(" v\r\n");
        }
        socket.getOutputStream().write(batch.toString().getBytes(UTF_8));
        acknowledge(socket.getInputStream(), size);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void acknowledge(InputStream in, int count) throws IOException {
    byte[] oks = in.readNBytes("+OK\r\n".length() * count);
    assertThat(new String(oks, UTF_8)).isEqualTo("+OK\r\n".repeat(count));
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }
}
