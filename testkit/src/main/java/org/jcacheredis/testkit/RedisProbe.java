// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;

/**
 * An admin connection: what is really in the server, past the code under test. Keys and values are
 * bytes; the {@code String} forms are UTF-8. Replies are {@code String}, {@code Long}, {@code List}
 * or null. One thread at a time.
 */
public final class RedisProbe implements AutoCloseable {
  private static final String SCAN_END = "0";

  private final Jedis connection;
  private final Map<String, Long> ownCalls = new TreeMap<>();

  private RedisProbe(Jedis connection) {
    this.connection = connection;
  }

  /** Connects at once. */
  public static RedisProbe of(RedisEndpoint endpoint) {
    Jedis connection =
        new Jedis(endpoint.uri(), DefaultJedisClientConfig.builder().resp2().build());
    connection.connect();
    return new RedisProbe(connection);
  }

  /** Any command; binary replies are read as UTF-8. */
  public @Nullable Object command(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(UTF_8);
    }
    return readable(commandBytes(bytes));
  }

  /** Any command; replies hold {@code byte[]} where {@link #command} has strings. */
  public @Nullable Object commandBytes(byte[]... words) {
    countOwn(words);
    byte[][] arguments = new byte[words.length - 1][];
    System.arraycopy(words, 1, arguments, 0, arguments.length);
    return connection.sendCommand(() -> words[0], arguments);
  }

  /** The string value of a key, null when absent. */
  public byte @Nullable [] get(byte[] key) {
    return (byte[]) commandBytes(name("GET"), key);
  }

  /** The string value of a key as UTF-8, null when absent. */
  public @Nullable String get(String key) {
    return (String) command("GET", key);
  }

  /** Stores a string value without a lifetime. */
  public void set(byte[] key, byte[] value) {
    commandBytes(name("SET"), key, value);
  }

  /** Stores a string value without a lifetime. */
  public void set(String key, String value) {
    command("SET", key, value);
  }

  /** Removes a key of any type; whether it was there. */
  public boolean del(byte[] key) {
    return number(commandBytes(name("DEL"), key)) == 1;
  }

  /** Removes a key of any type; whether it was there. */
  public boolean del(String key) {
    return del(key.getBytes(UTF_8));
  }

  /** Whether the key is there. */
  public boolean exists(byte[] key) {
    return number(commandBytes(name("EXISTS"), key)) == 1;
  }

  /** Whether the key is there. */
  public boolean exists(String key) {
    return exists(key.getBytes(UTF_8));
  }

  /** The remaining lifetime in milliseconds, -1 for none, -2 for an absent key. */
  public long pttl(byte[] key) {
    return number(commandBytes(name("PTTL"), key));
  }

  /** The remaining lifetime in milliseconds, -1 for none, -2 for an absent key. */
  public long pttl(String key) {
    return pttl(key.getBytes(UTF_8));
  }

  /** The type of the key as Redis names it, {@code none} when absent. */
  public String type(byte[] key) {
    return String.valueOf(readable(commandBytes(name("TYPE"), key)));
  }

  /** The type of the key as Redis names it, {@code none} when absent. */
  public String type(String key) {
    return type(key.getBytes(UTF_8));
  }

  /** All keys that match the glob pattern, by SCAN, without repetitions in a quiet server. */
  public List<byte[]> keyBytes(String pattern) {
    List<byte[]> keys = new ArrayList<>();
    String cursor = SCAN_END;
    do {
      byte[][] scan = {
        name("SCAN"), name(cursor), name("MATCH"), name(pattern), name("COUNT"), name("1000")
      };
      List<?> page = list(commandBytes(scan));
      cursor = String.valueOf(readable(page.get(0)));
      list(page.get(1)).forEach(key -> keys.add((byte[]) key));
    } while (!cursor.equals(SCAN_END));
    return keys;
  }

  /** All keys that match the glob pattern, read as UTF-8 and sorted. */
  public List<String> keys(String pattern) {
    return keyBytes(pattern).stream()
        .map(key -> new String(key, UTF_8))
        .distinct()
        .sorted()
        .toList();
  }

  /** FLUSHALL: removes every key of every database. */
  public void flush() {
    command("FLUSHALL");
  }

  /**
   * Calls of each command since the start or {@link #resetStats()}, by lower-case name ({@code
   * config|get} for a sub-command), commands within scripts and of other clients included.
   */
  public Map<String, Long> commandCounts() {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, String> line : info("commandstats").entrySet()) {
      String calls = line.getValue().replaceFirst("calls=(\\d+).*", "$1");
      counts.put(
          line.getKey().replaceFirst("cmdstat_", "").toLowerCase(Locale.ROOT),
          Long.parseLong(calls));
    }
    return counts;
  }

  /**
   * The commands that the server ran while the action ran, without this probe's own; commands that
   * did not occur are not in the map.
   */
  public Map<String, Long> commandsDuring(Runnable action) {
    Map<String, Long> before = commandCounts();
    ownCalls.clear();
    // the call that asked for the first counts is counted after its own reply
    ownCalls.put("info", 1L);
    action.run();
    Map<String, Long> own = Map.copyOf(ownCalls);
    Map<String, Long> during = new TreeMap<>();
    commandCounts()
        .forEach(
            (command, calls) -> {
              long others =
                  calls - before.getOrDefault(command, 0L) - own.getOrDefault(command, 0L);
              if (others > 0) {
                during.put(command, others);
              }
            });
    return during;
  }

  /** CONFIG RESETSTAT. */
  public void resetStats() {
    command("CONFIG", "RESETSTAT");
  }

  /** The slow log, newest first; set {@code slowlog-log-slower-than} to have entries. */
  public List<SlowCommand> slowlog() {
    List<SlowCommand> slow = new ArrayList<>();
    for (Object entry : list(command("SLOWLOG", "GET", "1000"))) {
      List<?> fields = list(entry);
      List<String> words = list(fields.get(3)).stream().map(String::valueOf).toList();
      slow.add(new SlowCommand(number(fields.get(2)), words));
    }
    return slow;
  }

  /** CLIENT LIST: the connections that subscribe to something, as fields by name. */
  public List<Map<String, String>> subscribers() {
    return String.valueOf(command("CLIENT", "LIST", "TYPE", "pubsub"))
        .lines()
        .filter(line -> !line.isBlank())
        .map(RedisProbe::fields)
        .toList();
  }

  /** CLIENT KILL: breaks the connections that subscribe to something; how many there were. */
  public long killSubscribers() {
    return number(command("CLIENT", "KILL", "TYPE", "pubsub"));
  }

  /** Bytes of memory that the server's allocator gave out. */
  public long usedMemory() {
    return Long.parseLong(info("memory").getOrDefault("used_memory", "0"));
  }

  /** One section of INFO as its fields. */
  public Map<String, String> info(String section) {
    Map<String, String> fields = new TreeMap<>();
    String.valueOf(command("INFO", section))
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains(":"))
        .forEach(line -> fields.put(before(line), line.substring(line.indexOf(':') + 1).trim()));
    return fields;
  }

  @Override
  public void close() {
    connection.close();
  }

  /** A command that the server found slow. */
  public record SlowCommand(long micros, List<String> words) {}

  private void countOwn(byte[][] words) {
    String command = new String(words[0], UTF_8).toLowerCase(Locale.ROOT);
    ownCalls.merge(command, 1L, Long::sum);
    if (words.length > 1) {
      // counted under this name if the server knows it as a sub-command
      String first = new String(words[1], UTF_8).toLowerCase(Locale.ROOT);
      ownCalls.merge(command + "|" + first, 1L, Long::sum);
    }
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : line.trim().split(" ", -1)) {
      int split = field.indexOf('=');
      fields.put(field.substring(0, split), field.substring(split + 1));
    }
    return fields;
  }

  private static String before(String line) {
    return line.substring(0, line.indexOf(':'));
  }

  private static byte[] name(String word) {
    return word.getBytes(UTF_8);
  }

  private static long number(@Nullable Object reply) {
    if (reply instanceof Long number) {
      return number;
    }
    throw new IllegalStateException("reply is '" + readable(reply) + "'; expected a number");
  }

  private static List<?> list(@Nullable Object reply) {
    if (reply instanceof List<?> list) {
      return list;
    }
    throw new IllegalStateException("reply is '" + readable(reply) + "'; expected a list");
  }

  private static @Nullable Object readable(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, UTF_8);
    }
    if (reply instanceof List<?> list) {
      List<@Nullable Object> readable = new ArrayList<>();
      list.forEach(element -> readable.add(readable(element)));
      return readable;
    }
    return reply;
  }
}
