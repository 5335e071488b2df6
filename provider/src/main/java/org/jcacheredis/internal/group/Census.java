// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.connection.Verb;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server how many connections subscribe to a channel by its name. It forgets a dead JVM
 * with its connection, and who listens to everything by a pattern does not count. Thread-safe.
 */
final class Census {
  private static final Logger LOG = LoggerFactory.getLogger(Census.class);

  private boolean warned;

  /** The subscribers of one channel; 0 if the server does not tell. */
  long of(Redis redis, String channel) {
    List<Long> counts = counts(redis.callAll(List.of(question(List.of(channel)))).get(0));
    return counts == null ? 0 : counts.get(0);
  }

  /**
   * Who listens to these caches, in one round trip; nobody, where the server does not tell.
   *
   * @throws RedisException if there is no server
   */
  List<Interest> of(Redis redis, Collection<Channels.OfCache> caches) {
    List<String> channels = new ArrayList<>();
    caches.forEach(cache -> channels.addAll(cache.counted()));
    List<Long> counts = counts(redis.callAll(List.of(question(channels))).get(0));
    List<Interest> found = new ArrayList<>(caches.size());
    for (int i = 0; i < caches.size(); i++) {
      found.add(interest(counts, 4 * i));
    }
    return found;
  }

  private static Interest interest(@Nullable List<Long> counts, int at) {
    return counts == null
        ? Interest.NONE
        : new Interest(counts.get(at), counts.get(at + 1), counts.get(at + 2), counts.get(at + 3));
  }

  /**
   * Who listens to one cache, before its first change: in the same round trip, its own question is
   * asked and checked.
   */
  Interest ofFirst(Member member) {
    List<Command> questions = new ArrayList<>(2);
    questions.add(question(member.channels().counted()));
    Member.Question own = member.question();
    if (own != null) {
      questions.add(own.command());
    }
    List<Reply> replies = member.redis().callAll(questions);
    if (own != null) {
      own.check(replies.get(1));
    }
    return interest(counts(replies.get(0)), 0);
  }

  /** The member's own question alone, where nobody wants to know who listens. */
  void check(Member member) {
    Member.Question own = member.question();
    if (own != null) {
      own.check(member.redis().callAll(List.of(own.command())).get(0));
    }
  }

  private static Command question(List<String> channels) {
    Command command = Command.of(Verb.PUBSUB).with("NUMSUB");
    channels.forEach(command::with);
    return command;
  }

  /** The counts in the order of the channels; null if the server does not tell. */
  private @Nullable List<Long> counts(Reply reply) {
    RedisException refusal = reply.failure();
    if (refusal != null && reply.isForbidden()) {
      warn(refusal);
      return null;
    }
    List<Reply> elements = reply.elements();
    List<Long> counts = new ArrayList<>(elements.size() / 2);
    for (int i = 1; i < elements.size(); i += 2) {
      counts.add(elements.get(i).integer());
    }
    return counts;
  }

  private synchronized void warn(RedisException refusal) {
    if (!warned) {
      warned = true;
      LOG.warn(
          "writes of this JVM are not announced to listeners in others; grant +pubsub|numsub, or set"
              + " events.announce to false: {}",
          refusal.getMessage());
    }
  }
}
