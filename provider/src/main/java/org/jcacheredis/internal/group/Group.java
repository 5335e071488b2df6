// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Subscriber;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The managers that share a namespace, as one of them sees the others: who listens to which cache,
 * and what the server tells of changes. One connection for all of it, opened when first needed.
 * Thread-safe.
 */
public final class Group implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Group.class);
  private static final int MOST_PATTERNS = 16;

  private final Means means;
  private final Channels channels;
  private final long node = new SecureRandom().nextLong();
  private final Map<String, Member> byPrefix = new ConcurrentHashMap<>();
  private final Map<String, Member> byChannel = new ConcurrentHashMap<>();
  private final Interests interests;
  private final NotificationFlags flags;
  private final Subscriber subscriber;
  private final Object link = new Object();
  private volatile Notifications notifications = Notifications.BY_CACHE;
  private volatile boolean isMute;

  /** Whether others may have asked who listens while this node could not be found. */
  private volatile boolean wasAway;

  private volatile boolean isUp;
  private @Nullable Duration silence;
  private volatile boolean closed;

  /**
   * What a group works with.
   *
   * @param subscriber makes the one connection that listens
   * @param background runs short tasks that speak to the server
   * @param announces whether changes are announced to listeners in other JVMs
   * @param configures whether the server's settings may be changed
   * @param patience the longest wait for the connection
   */
  public record Means(
      Redis redis,
      String namespace,
      int database,
      Function<Subscriber.Sink, Subscriber> subscriber,
      Executor background,
      ScheduledExecutorService timer,
      boolean announces,
      boolean configures,
      Duration patience) {}

  /** Which patterns the server is asked to notify of. */
  private enum Notifications {
    BY_CACHE,
    /** Rights to patterns are compared letter by letter: one for all caches may be granted. */
    BY_NAMESPACE,
    /** Announced changes alone are heard. */
    NONE
  }

  public Group(Means means) {
    this.means = means;
    this.channels = new Channels(means.namespace, means.database);
    this.interests = new Interests(this, means, channels);
    this.flags = new NotificationFlags(means.redis, means.configures);
    this.subscriber = means.subscriber.apply(new Incoming(this));
  }

  /**
   * A cache of this manager.
   *
   * @param redis the server, in the name of the cache
   * @param awaitsOthers whether changes are to be acknowledged by synchronous listeners elsewhere
   * @param byKeys whether each entry is a key of its own, so that the server can notify of it; else
   *     announcements alone are heard
   */
  public Member join(String cache, Redis redis, boolean awaitsOthers, boolean byKeys) {
    Channels.OfCache names = channels.of(cache);
    Member member = new Member(this, redis, names, awaitsOthers, byKeys);
    byPrefix.put(names.prefix(), member);
    byChannel.put(names.events(), member);
    return member;
  }

  void leave(Member member) {
    byPrefix.remove(member.channels().prefix(), member);
    byChannel.remove(member.channels().events(), member);
    if (member.asked().isEmpty()) {
      return;
    }
    reconcile(Duration.ZERO);
    if (member.asked().contains(Need.EVENTS) && !closed) {
      interests.shrank(member);
    }
  }

  /**
   * A longest silence of the server before the connection counts as lost; the shortest that was
   * named holds.
   */
  public synchronized void silence(Duration longest) {
    if (silence == null || longest.compareTo(silence) < 0) {
      silence = longest;
      subscriber.silence(longest);
    }
  }

  Interests interests() {
    return interests;
  }

  long node() {
    return node;
  }

  Duration patience() {
    return means.patience;
  }

  Collection<Member> members() {
    return byPrefix.values();
  }

  @Nullable Member memberWith(String prefix) {
    return byPrefix.get(prefix);
  }

  @Nullable Member memberAt(String channel) {
    return byChannel.get(channel);
  }

  /** Makes the connection listen to what the members need, and waits as long; whether it does. */
  boolean reconcile(Duration longest) {
    if (closed) {
      return false;
    }
    synchronized (subscriber) { // the latest wish has to be the last
      subscriber.want(wanted());
    }
    return !longest.isZero() && subscriber.await(longest);
  }

  /**
   * Asks for less, when the server does not serve what was asked for: perhaps it grants other
   * patterns, or none. Whether it serves that.
   */
  synchronized boolean settleForLess() {
    Notifications before = notifications;
    if (!subscriber.isRefused() || members().stream().noneMatch(Member::needsNotifications)) {
      return false;
    }
    for (Notifications less : Notifications.values()) {
      if (less.compareTo(before) > 0) {
        notifications = less;
        if (reconcile(means.patience)) {
          warnOfLess(less);
          return true;
        }
      }
    }
    // it was not for the patterns
    notifications = before;
    reconcile(Duration.ZERO);
    return false;
  }

  private void warnOfLess(Notifications less) {
    if (less == Notifications.NONE) {
      LOG.warn(
          "the server refuses keyspace notifications to this user: events of expired entries and of"
              + " writes by other clients are not heard; grant &__keyspace@<database>__:{} to it",
          channels.everything());
    }
  }

  private Subscriber.Wanted wanted() {
    Set<String> wantedChannels = new HashSet<>(Set.of(channels.inbox(node)));
    if (means.announces) {
      wantedChannels.add(channels.control());
    }
    Set<String> patterns = new HashSet<>();
    boolean tracks = false;
    for (Member member : members()) {
      Set<Need> needs = member.asked();
      wantedChannels.addAll(member.channels().wanted(needs));
      tracks |= needs.contains(Need.INVALIDATIONS);
      if (member.needsNotifications()) {
        patterns.add(member.channels().keys());
      }
    }
    return new Subscriber.Wanted(
        wantedChannels, bounded(patterns), tracks ? channels.prefix() : null);
  }

  /** Each pattern costs the server on each write of anybody. */
  private Set<String> bounded(Set<String> patterns) {
    if (patterns.isEmpty() || notifications == Notifications.NONE) {
      return Set.of();
    }
    boolean isOne = notifications == Notifications.BY_NAMESPACE || patterns.size() > MOST_PATTERNS;
    return isOne ? Set.of(channels.everything()) : patterns;
  }

  void configureServer() {
    flags.ensure();
  }

  /** Whether this user may not publish: nothing can be announced. */
  boolean isMute() {
    return isMute;
  }

  /** The server refuses what this node has to say. */
  void mute(RedisException refusal) {
    if (!isMute) {
      isMute = true;
      LOG.warn(
          "this user may not publish: listeners in other JVMs hear of changes made here without old"
              + " values, and listeners here do not hear of writes by clients that announce nothing;"
              + " grant +publish, &{}!* and &{}:* to it: {}",
          means.namespace,
          means.namespace,
          means.namespace,
          refusal.getMessage());
    }
  }

  /** Lets a member know that what it has asked for is served, unless the link is down. */
  void raise(Member member) {
    synchronized (link) {
      if (isUp) {
        member.linkUp();
      }
    }
  }

  /**
   * Runs something as soon as a slow server has done what it was asked for. If it is not there,
   * what {@link #up} does will do.
   */
  void later(Runnable served) {
    wasAway = true;
    interests.inBackground(
        () -> {
          if (subscriber.await(means.patience)) {
            served.run();
          }
        });
  }

  /** Whether the other nodes are heard. */
  boolean isUp() {
    return subscriber.isUp();
  }

  /** By the reading thread: everything is heard from now on. */
  void up() {
    synchronized (link) {
      isUp = true;
      members().forEach(Member::linkUp);
    }
    interests.refreshInBackground(members(), anybodyNeeds(Need.EVENTS) ? this::comeBack : () -> {});
  }

  /** Those who asked while this node was away have not found it. */
  private void comeBack() {
    if (members().stream().anyMatch(Member::needsNotifications)) {
      flags.ensure();
    }
    if (wasAway) {
      wasAway = false;
      interests.returned();
    }
  }

  /** By the reading thread: messages may be missed from now on. */
  void down(String reason) {
    wasAway = true;
    synchronized (link) {
      isUp = false;
      members().forEach(Member::linkDown);
    }
    if (anybodyNeeds(Need.EVENTS) || anybodyNeeds(Need.INVALIDATIONS)) {
      LOG.warn(
          "the connection that hears of changes is lost: {}; events may be missed until it is back,"
              + " local tiers are empty until then",
          reason);
    }
  }

  private boolean anybodyNeeds(Need need) {
    return members().stream().anyMatch(each -> each.asked().contains(need));
  }

  @Override
  public void close() {
    closed = true;
    subscriber.close();
  }
}
