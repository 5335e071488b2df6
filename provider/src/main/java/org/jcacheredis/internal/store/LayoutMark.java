// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.cache.CacheException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jspecify.annotations.Nullable;

/**
 * The note beside a cache in the server that says how its entries are laid out: {@code
 * <namespace>:<cache>!layout}. It has no end; whoever destroys the cache takes it away. All that
 * use the cache have to follow it. Thread-safe.
 */
public final class LayoutMark {
  private static final String SUFFIX = "!layout";

  private final Redis redis;
  private final String cache;
  private final String name;

  public LayoutMark(Redis redis, String namespace, String cache) {
    this.redis = redis;
    this.cache = cache;
    this.name = Keyspace.prefix(namespace, cache) + SUFFIX;
  }

  /** The question for it, for those who have more to ask in the same round trip. */
  public Command question() {
    return Command.of(Verb.GET).key(key());
  }

  /**
   * What the server answers to the {@link #question}; null if nothing is noted.
   *
   * @throws CacheException if the note is of a kind that this version does not know
   * @throws org.jcacheredis.RedisException if the server refused to answer
   */
  public @Nullable Layout read(Reply reply) {
    if (reply.isNil()) {
      return null;
    }
    String note = reply.text();
    Layout layout = Layout.parse(note);
    if (layout == null) {
      throw new CacheException(
          "cache '%s': its layout is noted as '%s' in %s, which this version does not know; use the version that wrote it, or destroy the cache with it"
              .formatted(cache, note, name));
    }
    return layout;
  }

  /** What is noted now; null for nothing. One round trip. */
  public @Nullable Layout find() {
    return read(redis.callAll(List.of(question())).get(0));
  }

  /**
   * Notes a layout unless there is a note already. One round trip.
   *
   * @return what is noted then, by whomever
   */
  public Layout claim(Layout wanted) {
    Command claim = Command.of(Verb.MARK).key(key()).with(wanted.toString()).with("NX");
    List<Reply> replies = redis.callAll(List.of(claim, question()));
    boolean isOwn = !replies.get(0).isNil();
    Layout noted = read(replies.get(1));
    if (noted != null) {
      return noted;
    }
    // one that was there and is not any more was destroyed between the two commands
    return isOwn ? wanted : claim(wanted);
  }

  /** Takes the note away, if there is one. One round trip. */
  public void remove() {
    redis.call(Command.of(Verb.UNLINK).key(key()));
  }

  /** The name of the note's key, for messages. */
  @Override
  public String toString() {
    return name;
  }

  private byte[] key() {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
