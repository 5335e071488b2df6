// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Subscriber;
import org.jcacheredis.internal.connection.Verb;
import org.jcacheredis.internal.entry.EntryKey;
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
  private static final Duration REFRESH = Duration.ofSeconds(10);
  private static final Duration FIRST_CONNECT = Duration.ofSeconds(1);
  private static final Duration OTHERS_LEARN = Duration.ofMillis(500);

  private final Means means;
  private final Channels channels;
  private final long node = new SecureRandom().nextLong();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();
  private final Map<String, Member> byPrefix = new ConcurrentHashMap<>();
  private final Map<String, Member> byChannel = new ConcurrentHashMap<>();
  private final Set<Member> stale = new HashSet<>();
  private final Acknowledgements acknowledgements = new Acknowledgements(System::nanoTime);
  private final Census census = new Census();
  private final NotificationFlags flags;
  private final Subscriber subscriber;
  private final Object link = new Object();
  private boolean isUp;
  private boolean isScheduled;
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
      Function<Subscriber.Sink, Subscriber> subscriber,
      Executor background,
      ScheduledExecutorService timer,
      boolean announces,
      boolean configures,
      Duration patience) {}

  public Group(Means means) {
    this.means = means;
    this.channels = new Channels(means.namespace);
    this.flags = new NotificationFlags(means.redis, means.configures);
    this.subscriber = means.subscriber.apply(new Incoming());
  }

  /**
   * A cache of this manager.
   *
   * @param redis the server, in the name of the cache
   * @param awaitsOthers whether changes are to be acknowledged by synchronous listeners elsewhere
   */
  public Member join(String cache, Redis redis, boolean awaitsOthers) {
    Channels.OfCache names = channels.of(cache);
    Member member = new Member(this, redis, names, awaitsOthers);
    byPrefix.put(names.prefix(), member);
    byChannel.put(names.events(), member);
    return member;
  }

  void leave(Member member) {
    boolean listened = !member.channels().wanted(member.asked()).isEmpty();
    byPrefix.remove(member.channels().prefix(), member);
    byChannel.remove(member.channels().events(), member);
    if (!member.asked().isEmpty()) {
      reconcile(Duration.ZERO);
    }
    if (listened) {
      tellOfInterest(member, false);
    }
  }

  /** The longest silence of the server before the connection counts as lost. */
  public void silence(Duration longest) {
    subscriber.silence(longest);
  }

  long node() {
    return node;
  }

  long gaps() {
    return gaps.get();
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  /** Never 0, which stands for nobody's change. */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /**
   * Makes the connection listen to what the members need, and waits for it as long as that; whether
   * it does.
   */
  boolean reconcile(Duration longest) {
    if (closed) {
      return false;
    }
    synchronized (subscriber) { // the latest wish has to be the last
      subscriber.want(wanted());
    }
    return !longest.isZero() && subscriber.await(longest);
  }

  /** The longest wait for the connection. */
  Duration patience() {
    return means.patience;
  }

  /** Lets a member know that what it has asked for is served, unless the link is down. */
  void raise(Member member) {
    synchronized (link) {
      if (isUp) {
        member.linkUp();
      }
    }
  }

  /** As {@link #raise}, as soon as a slow server has done what it was asked for. */
  void raiseLater(Member member) {
    inBackground(
        () -> {
          if (subscriber.await(means.patience)) {
            raise(member);
          }
        });
  }

  private Subscriber.Wanted wanted() {
    Set<String> wantedChannels = new HashSet<>(Set.of(channels.inbox(node)));
    if (means.announces) {
      wantedChannels.add(channels.control());
    }
    Set<String> patterns = new HashSet<>();
    boolean tracks = false;
    for (Member member : byPrefix.values()) {
      Set<Need> needs = member.asked();
      wantedChannels.addAll(member.channels().wanted(needs));
      tracks |= needs.contains(Need.INVALIDATIONS);
      if (needs.contains(Need.EVENTS)) {
        patterns.add(member.channels().keys());
      }
    }
    // each pattern costs the server on each write of anybody
    Set<String> bounded =
        patterns.size() > MOST_PATTERNS ? Set.of(channels.everything()) : patterns;
    return new Subscriber.Wanted(wantedChannels, bounded, tracks ? channels.prefix() : null);
  }

  void configureServer() {
    flags.ensure();
  }

  /** Asks who listens to the changes of a member that did not know so far. */
  Interest learn(Member member) {
    synchronized (census) {
      Interest known = member.interest();
      if (known != null) {
        return known;
      }
      Interest found = Interest.NONE;
      if (means.announces) {
        schedule();
        // first listen to what is told of interest, then ask: so nothing is missed in between
        reconcile(FIRST_CONNECT);
        found = census.of(member.redis(), List.of(member.channels())).get(0);
      }
      member.interest(found);
      return found;
    }
  }

  /** Tells the other nodes that a member needs more, or less, and waits until they know of more. */
  void tellOfInterest(Member member, boolean more) {
    long number = nextNumber();
    if (more) {
      refresh(List.of(member));
      tell(member, number, true);
    } else if (!closed) {
      inBackground(
          () -> {
            subscriber.await(means.patience);
            refresh(List.of(member));
            tell(member, number, false);
          });
    }
  }

  private void tell(Member member, long number, boolean waits) {
    try {
      if (waits) {
        acknowledgements.expect(
            number, census.of(means.redis, channels.control()) - (means.announces ? 1 : 0));
      }
      String prefix = member.channels().prefix();
      publish(
          channels.control(),
          new ControlMessage(ControlMessage.Kind.INTEREST_CHANGED, node, number, prefix));
      if (waits) {
        acknowledgements.await(number, Long.MAX_VALUE, OTHERS_LEARN);
      }
    } catch (RedisException e) {
      // who comes or comes back asks by itself
      LOG.debug("other managers were not told of listeners: {}", e.getMessage());
    }
  }

  void acknowledge(long to, long number) {
    try {
      publish(
          channels.inbox(to),
          new ControlMessage(ControlMessage.Kind.ACKNOWLEDGED, node, number, ""));
    } catch (RedisException e) {
      // who waits has a deadline
      LOG.debug("a change was not acknowledged: {}", e.getMessage());
    }
  }

  private void publish(String channel, ControlMessage message) {
    means.redis.call(
        Command.of(Verb.PUBLISH)
            .with(channel.getBytes(StandardCharsets.UTF_8))
            .with(message.toBytes()));
  }

  /** Asks anew who listens to these, many requests in one round trip. */
  private void refreshInBackground(Collection<Member> members, Runnable afterwards) {
    synchronized (stale) {
      stale.addAll(members);
    }
    inBackground(
        () -> {
          refreshStale();
          afterwards.run();
        });
  }

  /** Under one lock: who finds nothing to ask for may rely on the answers. */
  private void refreshStale() {
    synchronized (census) {
      List<Member> members;
      synchronized (stale) {
        members = List.copyOf(stale);
        stale.clear();
      }
      refresh(members);
    }
  }

  private void refresh(List<Member> members) {
    synchronized (census) {
      List<Member> known = members.stream().filter(each -> each.interest() != null).toList();
      if (known.isEmpty() || !means.announces) {
        return;
      }
      try {
        List<Interest> found =
            census.of(means.redis, known.stream().map(Member::channels).toList());
        for (int i = 0; i < found.size(); i++) {
          known.get(i).interest(found.get(i));
        }
      } catch (RedisException e) {
        LOG.debug("who listens is not known anew: {}", e.getMessage());
      }
    }
  }

  private synchronized void schedule() {
    if (!isScheduled && !closed) {
      isScheduled = true;
      long period = REFRESH.toMillis();
      means.timer.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
    }
  }

  /** A JVM that died does not say so. */
  private void tick() {
    acknowledgements.sweep();
    List<Member> heard =
        byPrefix.values().stream()
            .filter(each -> each.interest() != null && each.interest().exists())
            .toList();
    if (!heard.isEmpty()) {
      refreshInBackground(heard, () -> {});
    }
  }

  private void inBackground(Runnable task) {
    try {
      means.background.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }

  @Override
  public void close() {
    closed = true;
    subscriber.close();
  }

  /** What comes in on the connection; the one thread that reads it is here. */
  private final class Incoming implements Subscriber.Sink {
    @Override
    public void message(String channel, byte[] payload) {
      Member member = byChannel.get(channel);
      if (member != null) {
        member.message(payload);
        return;
      }
      ControlMessage message = ControlMessage.parse(payload);
      if (message != null) {
        control(message);
      }
    }

    private void control(ControlMessage message) {
      if (message.kind() == ControlMessage.Kind.ACKNOWLEDGED) {
        acknowledgements.answered(message.number(), message.node());
      } else if (message.node() != node) {
        Member member = byPrefix.get(message.prefix());
        refreshInBackground(
            member == null ? List.of() : List.of(member),
            () -> acknowledge(message.node(), message.number()));
      }
    }

    @Override
    public void notified(byte[] key, String event) {
      Member member = memberOf(key);
      if (member != null) {
        member.notified(entry(member, key), event);
      }
    }

    @Override
    public void invalidated(byte @Nullable [] key) {
      if (key == null) {
        byPrefix.values().forEach(member -> member.invalidated(null));
        return;
      }
      Member member = memberOf(key);
      if (member != null) {
        member.invalidated(entry(member, key));
      }
    }

    /** Names of keys begin with namespace and cache; neither has a colon of its own. */
    private @Nullable Member memberOf(byte[] key) {
      int colons = 0;
      for (int i = 0; i < key.length; i++) {
        if (key[i] == ':' && ++colons == 2) {
          return byPrefix.get(new String(key, 0, i + 1, StandardCharsets.UTF_8));
        }
      }
      return null;
    }

    private EntryKey entry(Member member, byte[] key) {
      int from = member.channels().prefix().getBytes(StandardCharsets.UTF_8).length;
      return new EntryKey(Arrays.copyOfRange(key, from, key.length));
    }

    @Override
    public void up() {
      synchronized (link) {
        isUp = true;
        byPrefix.values().forEach(Member::linkUp);
      }
      boolean listens = anybodyNeeds(Need.EVENTS);
      // who did not know before this moment asks by itself
      List<Member> known =
          byPrefix.values().stream().filter(each -> each.interest() != null).toList();
      if (listens || !known.isEmpty()) {
        refreshInBackground(known, listens ? flags::ensure : () -> {});
      }
    }

    @Override
    public void down(String reason) {
      long count = gaps.incrementAndGet();
      synchronized (link) {
        isUp = false;
        byPrefix.values().forEach(Member::linkDown);
      }
      if (anybodyNeeds(Need.EVENTS) || anybodyNeeds(Need.INVALIDATIONS)) {
        LOG.warn(
            "the connection that hears of changes is lost ({}), gap {}: events may be missed until"
                + " it is back, local tiers are empty until then",
            reason,
            count);
      }
    }

    private boolean anybodyNeeds(Need need) {
      return byPrefix.values().stream().anyMatch(each -> each.asked().contains(need));
    }
  }
}
