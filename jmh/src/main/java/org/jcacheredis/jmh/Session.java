// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.jmh;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One contender's cache, filled with every key, and the keys to pick from. Thread-safe. */
final class Session implements AutoCloseable {
  /** The system property that tells a fork where the server is. */
  static final String SERVER_PROPERTY = "jcache.bench.redis";

  private final CacheUnderTest cache;
  private final String value;
  private final String[] keys;
  private final List<Map<String, String>> batches;

  private Session(CacheUnderTest cache, int size, int entries) {
    this.cache = cache;
    value = Payload.value(size);
    keys = Payload.keys(entries);
    batches = Payload.batches(entries, value);
  }

  /** Opens the contender on the launcher's server and stores every key once. */
  static Session open(String contender, int size, int entries, @Nullable Duration timeToLive) {
    CacheUnderTest cache = Contender.named(contender).open(server(), entries, timeToLive);
    Session session = new Session(cache, size, entries);
    Payload.chunks(entries, size, keys -> cache.putAll(Payload.entries(keys, session.value)));
    return session;
  }

  CacheUnderTest cache() {
    return cache;
  }

  /** The value that every key starts with. */
  String value() {
    return value;
  }

  /** Any of the keys, each as likely. */
  String anyKey() {
    return keys[ThreadLocalRandom.current().nextInt(keys.length)];
  }

  /** A key without an entry, hardly ever the same again. */
  String absentKey() {
    return "absent-" + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
  }

  /** Whether the next call of a mix reads. */
  boolean reads(int percent) {
    return ThreadLocalRandom.current().nextInt(100) < percent;
  }

  /** {@link Payload#BATCH} entries. */
  Map<String, String> anyBatch() {
    return batches.get(ThreadLocalRandom.current().nextInt(batches.size()));
  }

  @Override
  public void close() {
    cache.close();
  }

  private static URI server() {
    String uri = System.getProperty(SERVER_PROPERTY);
    if (uri == null) {
      throw new IllegalStateException(
          "system property '"
              + SERVER_PROPERTY
              + "' is not set; start the benchmarks with Compare");
    }
    return URI.create(uri);
  }
}
