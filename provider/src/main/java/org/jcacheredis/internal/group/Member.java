// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.store.Announcement;
import org.jcacheredis.internal.store.Announcing;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.internal.store.Audience;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cache in its group: it knows who listens, and says what it wants to hear itself. Opens
 * nothing before the first change or the first need. Thread-safe.
 */
public final class Member implements Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);

  /** Before anybody wants to hear. */
  private static final Receiver NOBODY =
      new Receiver() {
        @Override
        public void announced(Announcement announcement) {}

        @Override
        public void notified(EntryKey key, Foreign change) {}

        @Override
        public void invalidated(@Nullable EntryKey key) {}

        @Override
        public void skipped() {}

        @Override
        public void linkUp() {}

        @Override
        public void linkDown() {}
      };

  private final Group group;
  private final Redis redis;
  private final Channels.OfCache channels;
  private final byte[] eventsChannel;
  private final int prefixLength;
  private final boolean awaitsOthers;
  private final boolean byKeys;
  private final Pairing pairing = new Pairing();

  /** What the connection is asked for, confirmed or not. */
  private volatile Set<Need> asked = EnumSet.noneOf(Need.class);

  /** Whether this node's own listeners hear by the connection. */
  private volatile boolean isListening;

  private final AtomicReference<@Nullable Interest> interest = new AtomicReference<>();

  private volatile @Nullable Receiver receiver;

  private volatile @Nullable Question question;

  /** Of the reading thread. */
  private boolean hasSkipped;

  /**
   * What a cache wants to know before its first change, in the round trip that asks who listens.
   */
  public interface Question {
    Command command();

    /**
     * Lets only an answer pass that allows the change.
     *
     * @throws javax.cache.CacheException for any other; the next change asks again
     */
    void check(Reply reply);
  }

  /**
   * A member that knows and wants nothing yet.
   *
   * @param awaitsOthers whether changes are to be acknowledged by synchronous listeners elsewhere
   * @param byKeys whether the server can notify of each entry
   */
  Member(
      Group group, Redis redis, Channels.OfCache channels, boolean awaitsOthers, boolean byKeys) {
    this.group = group;
    this.redis = redis;
    this.channels = channels;
    this.eventsChannel = channels.events().getBytes(StandardCharsets.UTF_8);
    this.prefixLength = channels.prefix().getBytes(StandardCharsets.UTF_8).length;
    this.awaitsOthers = awaitsOthers;
    this.byKeys = byKeys;
  }

  /** Who listens is not known, since another caller could not ask. */
  RedisException unknown(RedisException failure) {
    return new RedisException(
        "cache '%s': who listens to it is not known, nothing was changed; %s"
            .formatted(channels.cache(), failure.getMessage()),
        RedisException.Fate.NOT_DONE,
        failure);
  }

  Redis redis() {
    return redis;
  }

  Channels.OfCache channels() {
    return channels;
  }

  int prefixLength() {
    return prefixLength;
  }

  Set<Need> asked() {
    return asked;
  }

  @Nullable Interest interest() {
    return interest.get();
  }

  void interest(Interest found) {
    interest.set(found);
  }

  /** Who hears what comes in; to be said before anything is needed. */
  public void tell(Receiver other) {
    receiver = other;
  }

  /** What else is to be asked before the first change; to be said before that. */
  public void beforeFirstChange(Question first) {
    question = first;
  }

  @Nullable Question question() {
    return question;
  }

  private Receiver receiver() {
    Receiver known = receiver;
    return known == null ? NOBODY : known;
  }

  /**
   * How the next change has to be announced; null if nobody listens. The first call asks the
   * server, one round trip.
   *
   * @throws RedisException if there is no server
   */
  @Override
  public @Nullable Announcing next() {
    Interest known = interest.get();
    if (known == null) {
      known = group.interests().learn(this);
    }
    // shadows, by which ends are known where no server tells them, are kept also by who is mute
    if ((!known.exists() && !isListening) || (byKeys && group.isMute())) {
      return null;
    }
    Set<Wish> wishes = wishes(known);
    long id = group.interests().nextNumber();
    boolean isCounted = asked.contains(Need.ACKNOWLEDGING) && group.isUp();
    long others = known.synchronous() - (isCounted ? 1 : 0);
    if (awaitsOthers && others > 0) {
      wishes.add(Wish.ACKNOWLEDGEMENT);
      group.interests().acknowledgements().expect(id, others);
    }
    return new Announcing(eventsChannel, group.node(), id, wishes);
  }

  /** What others want, and what the listeners here want, counted by the server already or not. */
  private Set<Wish> wishes(Interest known) {
    Set<Wish> wishes = known.wishes();
    Set<Need> own = asked;
    if (own.contains(Need.OLD_VALUES)) {
      wishes.add(Wish.OLD_VALUE);
    }
    if (own.contains(Need.EXPIRED_VALUES)) {
      wishes.add(Wish.SHADOW);
    }
    return wishes;
  }

  /** Whether the values of expired entries are kept for somebody. */
  public boolean keepsShadows() {
    Interest known = interest.get();
    return asked.contains(Need.EXPIRED_VALUES) || (known != null && known.expiredValues() > 0);
  }

  /**
   * Whether the server tells of each entry by itself: of what any client does to it, and of its
   * end. Else nobody knows of an end but who asks for the entry in time.
   */
  public boolean isByKeys() {
    return byKeys;
  }

  /** Whether keyspace notifications have to be asked for. */
  boolean needsNotifications() {
    return byKeys && asked.contains(Need.EVENTS);
  }

  /** Whether invalidations were asked for. */
  public boolean isTracking() {
    return asked.contains(Need.INVALIDATIONS);
  }

  /** Whether the server knows of listeners. */
  boolean isHeardElsewhere() {
    Interest known = interest.get();
    return known != null && known.exists();
  }

  /**
   * Says what this cache needs from now on. Returns when it is served, and when the other nodes
   * know; or after a while, when there is no server, since it is served as soon as there is one.
   */
  public synchronized void need(Set<Need> needs) {
    Set<Need> before = asked;
    asked = needs.isEmpty() ? EnumSet.noneOf(Need.class) : EnumSet.copyOf(needs);
    if (before.equals(asked)) {
      return;
    }
    boolean grows = !before.containsAll(asked);
    boolean listens = asked.contains(Need.EVENTS);
    isListening &= listens;
    boolean isServed = group.reconcile(grows ? patience(before) : Duration.ZERO);
    if (!isServed && grows && listens) {
      isServed = group.settleForLess();
    }
    boolean begins = listens && !isListening;
    boolean concernsOthers = !channels.wanted(before).equals(channels.wanted(asked));
    if (isServed) {
      served(begins, concernsOthers);
    } else if (grows) {
      // a server that does not answer would have to be waited for again and again
      group.later(() -> served(begins, concernsOthers));
    } else if (concernsOthers) {
      group.interests().shrank(this);
    }
    isListening = listens;
  }

  /** A local tier can wait for its invalidations, listeners want to miss nothing. */
  private Duration patience(Set<Need> before) {
    Set<Need> added = EnumSet.copyOf(asked);
    added.removeAll(before);
    return added.equals(EnumSet.of(Need.INVALIDATIONS))
        ? Interests.FIRST_CONNECT
        : group.patience();
  }

  /** The connection listens to what is needed. */
  private void served(boolean begins, boolean concernsOthers) {
    group.raise(this);
    if (begins && byKeys) {
      group.configureServer();
    }
    if (concernsOthers) {
      group.interests().grew(this);
    }
  }

  /**
   * Waits until the synchronous listeners of other nodes have heard of a change, as far as it asked
   * for that. Who does not answer in time is not waited for again until the server is asked anew.
   */
  public void awaitOthers(long change, Duration longest) {
    Interest known = interest.get();
    if (!awaitsOthers || known == null) {
      return;
    }
    Acknowledgements answers = group.interests().acknowledgements();
    if (!answers.await(change, known.synchronous(), longest)) {
      LOG.warn(
          "cache '{}': a synchronous listener in another JVM did not answer within {} ms; the change"
              + " is made, and for some seconds no change of this cache waits for other JVMs",
          channels.cache(),
          longest.toMillis());
      // unless the server was asked meanwhile: that answer is the better one
      interest.compareAndSet(known, known.withSynchronous(0));
    }
  }

  /**
   * Answers a change that asks for it: the synchronous listeners here have heard of it. Who has
   * none is not counted by those who ask, and does not answer.
   */
  public void acknowledge(Announcement heard) {
    boolean isAsked =
        heard.wishes().contains(Wish.ACKNOWLEDGEMENT) && asked.contains(Need.ACKNOWLEDGING);
    if (isAsked && heard.id() != Announcement.FOREIGN && !isOwn(heard)) {
      group.interests().acknowledge(heard.node(), heard.id());
    }
  }

  /** Whether a change was made through this very manager, by a caller that tells of it. */
  public boolean isOwn(Announcement heard) {
    return heard.node() == group.node() && heard.id() != Announcement.FOREIGN;
  }

  /** Needs nothing any more. */
  public void leave() {
    group.leave(this);
  }

  void message(byte[] payload) {
    Announcement announcement = Announcement.parse(payload);
    if (announcement == null) {
      receiver().skipped();
      if (!hasSkipped) {
        hasSkipped = true;
        LOG.warn(
            "cache '{}': a message of {} bytes was skipped, as will be others like it: a newer version of"
                + " this provider, or somebody else, publishes to {}",
            channels.cache(),
            payload.length,
            channels.events());
      }
      return;
    }
    pairing.announced(announcement.key().bytes(), announcement.kind());
    receiver().announced(announcement);
  }

  void notified(EntryKey key, String event) {
    if (needsNotifications()) {
      Foreign change = pairing.notified(key.bytes(), event);
      if (change != null && (change == Foreign.EXPIRED || !group.isMute())) {
        receiver().notified(key, change);
      }
    }
  }

  void invalidated(@Nullable EntryKey key) {
    receiver().invalidated(key);
  }

  void linkUp() {
    receiver().linkUp();
  }

  void linkDown() {
    pairing.reset();
    receiver().linkDown();
  }
}
