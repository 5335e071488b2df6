// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.manyjvms;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import javax.cache.CacheManager;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisCachingProvider;
import org.jcacheredis.feature.Space;

/**
 * What the JVMs of one run share: who writes which key, and how a value tells its version. Most
 * keys have one writer, a thread of one JVM, who counts its changes; anybody writes the others.
 *
 * @param player the number of this JVM, from 0
 * @param listening whether each JVM has a listener
 * @param millis the length of a round
 * @param ledgers the directory for what the JVMs did and saw
 */
record Game(
    URI uri, int player, int players, boolean listening, long seed, long millis, Path ledgers) {
  static final int THREADS = 3;
  static final int KEYS = 200;
  static final int FIRST_COMMON = 160;
  static final int SHORT_LIVED = 40;
  static final long LIFETIME_MILLIS = 300;
  static final String SETTLED = "settled";

  private static final String FILLING = "x".repeat(300);

  static Game of(String[] words) {
    return new Game(
        URI.create(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Boolean.parseBoolean(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        Path.of(words[6]));
  }

  String[] arguments() {
    return new String[] {
      uri.toString(),
      Integer.toString(player),
      Integer.toString(players),
      Boolean.toString(listening),
      Long.toString(seed),
      Long.toString(millis),
      ledgers.toString()
    };
  }

  CacheManager openManager() {
    Properties properties = new Properties();
    properties.setProperty("jcache-redis.namespace", "many");
    properties.setProperty("jcache-redis.command-timeout", "1s");
    properties.setProperty("jcache-redis.connect-timeout", "500ms");
    return new RedisCachingProvider().getCacheManager(uri, Game.class.getClassLoader(), properties);
  }

  /** The cache whose entries stay until somebody removes them. */
  static RedisCache<String, String> lasting(CacheManager manager, boolean localTier) {
    return Space.cache(manager, "lasting", configuration(localTier));
  }

  /** The cache whose entries end by themselves. */
  static RedisCache<String, String> shortLived(CacheManager manager, boolean localTier) {
    String lifetime = LIFETIME_MILLIS + "ms";
    return Space.cache(
        manager,
        "short",
        configuration(localTier)
            .setting("expiry.created", lifetime)
            .setting("expiry.updated", lifetime));
  }

  private static RedisCacheConfiguration<String, String> configuration(boolean localTier) {
    return new RedisCacheConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setStatisticsEnabled(true)
        .setting("local.enabled", localTier)
        .setting("local.max-staleness", "1s");
  }

  /** Whether a thread of this JVM is the one writer of the key. */
  boolean owns(int key, int thread) {
    return key < FIRST_COMMON && key % players == player && key / players % THREADS == thread;
  }

  /** The file for what this JVM does and sees in a round. */
  Path ledger(int round) {
    return ledgers.resolve("player-" + player + "-round-" + round);
  }

  /** The file for what the listener of this JVM heard. */
  Path heard() {
    return ledgers.resolve("player-" + player + "-heard");
  }

  /** The chance of one thread in one round, always the same for the same seed. */
  Random random(int round, int thread) {
    return new Random(((seed * 100 + round) * 10 + player) * 10 + thread);
  }

  /** Whether the versions of a key are counted by its one writer. */
  static boolean isCounted(String key) {
    return key.startsWith("k") && Integer.parseInt(key.substring(1)) < FIRST_COMMON;
  }

  static String key(int key) {
    return "k" + key;
  }

  static String value(long version) {
    return version + ":" + FILLING;
  }

  /** The version that a value tells. */
  static long version(String value) {
    return Long.parseLong(value.substring(0, value.indexOf(':')));
  }
}
