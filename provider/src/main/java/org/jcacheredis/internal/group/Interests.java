// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import org.jcacheredis.RedisException;
import org.jcacheredis.internal.connection.Command;
import org.jcacheredis.internal.connection.Verb;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens to the changes of which cache: asked of the server at the first change, and again
 * when a node says that it wants more or less, when the connection comes back, and now and then,
 * since a JVM that dies says nothing. Thread-safe.
 */
final class Interests {
  private static final Logger LOG = LoggerFactory.getLogger(Interests.class);
  private static final Duration REFRESH = Duration.ofSeconds(10);
  static final Duration FIRST_CONNECT = Duration.ofSeconds(1);
  private static final Duration OTHERS_LEARN = Duration.ofMillis(500);

  private final Group group;
  private final Group.Means means;
  private final Channels channels;
  private final Census census = new Census();
  private final Acknowledgements acknowledgements = new Acknowledgements(System::nanoTime);
  private final AtomicLong numbers = new AtomicLong();
  private final Set<Member> stale = new HashSet<>();
  private boolean isScheduled;
  private volatile @Nullable Long silentSince;
  private @Nullable Vain vain;

  /** A question without an answer. */
  private record Vain(RedisException failure, long end) {}

  Interests(Group group, Group.Means means, Channels channels) {
    this.group = group;
    this.means = means;
    this.channels = channels;
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  /** Never 0, which stands for nobody's change. */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /**
   * Asks who listens to the changes of a member that did not know so far. Who has waited while
   * another asked in vain does not ask again: each would wait for the server behind the other.
   *
   * @throws CacheException if the server's answer to the member's question forbids the change
   */
  Interest learn(Member member) {
    long begin = System.nanoTime();
    synchronized (census) {
      Interest known = member.interest();
      if (known != null) {
        return known;
      }
      if (vain != null && vain.end - begin >= 0) {
        throw member.unknown(vain.failure);
      }
      try {
        return ask(member);
      } catch (RedisException e) {
        vain = new Vain(e, System.nanoTime());
        throw e;
      }
    }
  }

  /** Under the lock of the census. */
  private Interest ask(Member member) {
    Interest found = Interest.NONE;
    if (means.announces()) {
      schedule();
      // first listen to what is told of interest, then ask: so nothing is missed in between
      if (group.reconcile(FIRST_CONNECT)) {
        forget(member);
      }
      found = census.ofFirst(member);
    } else {
      census.check(member);
    }
    member.interest(found);
    return found;
  }

  /** That the connection came up is no reason to ask again: this question comes after it. */
  private void forget(Member member) {
    synchronized (stale) {
      stale.remove(member);
    }
  }

  /** Tells the other nodes that a member needs more, and waits until they know. */
  void grew(Member member) {
    try {
      if (member.interest() == null) {
        learn(member);
      }
    } catch (CacheException e) {
      // the next change says so to its caller
      LOG.debug("who listens is not known: {}", e.getMessage());
    }
    refresh(List.of(member));
    tell(member.channels().prefix(), true);
  }

  /** Tells the other nodes that a member needs less, some time. */
  void shrank(Member member) {
    inBackground(
        () -> {
          group.reconcile(means.patience());
          refresh(List.of(member));
          tell(member.channels().prefix(), false);
        });
  }

  /** Tells the other nodes that this one listens again. */
  void returned() {
    tell(ControlMessage.ALL, false);
  }

  private void tell(String prefix, boolean more) {
    long number = nextNumber();
    boolean waits = more && !isSomebodySilent();
    try {
      if (waits) {
        long all = census.of(means.redis(), channels.control());
        acknowledgements.expect(number, all - (means.announces() ? 1 : 0));
      }
      ControlMessage message =
          new ControlMessage(ControlMessage.Kind.INTEREST_CHANGED, group.node(), number, prefix);
      publish(channels.control(), message);
      if (waits && !acknowledgements.await(number, Long.MAX_VALUE, OTHERS_LEARN)) {
        silentSince = System.nanoTime();
      }
    } catch (RedisException e) {
      // who comes or comes back asks by itself
      LOG.debug("other managers were not told of listeners: {}", e.getMessage());
    }
  }

  /** Who did not answer a moment ago is not waited for at each listener anew. */
  private boolean isSomebodySilent() {
    Long since = silentSince;
    return since != null && System.nanoTime() - since < REFRESH.toNanos();
  }

  /** What another node says; by the reading thread. */
  void hear(ControlMessage message) {
    if (message.kind() == ControlMessage.Kind.ACKNOWLEDGED) {
      acknowledgements.answered(message.number(), message.node());
    } else if (message.node() != group.node()) {
      refreshInBackground(
          concerned(message.prefix()), () -> acknowledge(message.node(), message.number()));
    }
  }

  private Collection<Member> concerned(String prefix) {
    if (prefix.equals(ControlMessage.ALL)) {
      return group.members();
    }
    Member member = group.memberWith(prefix);
    return member == null ? List.of() : List.of(member);
  }

  void acknowledge(long to, long number) {
    try {
      publish(
          channels.inbox(to),
          new ControlMessage(ControlMessage.Kind.ACKNOWLEDGED, group.node(), number, ""));
    } catch (RedisException e) {
      // who waits has a deadline
      LOG.debug("a change was not acknowledged: {}", e.getMessage());
    }
  }

  private void publish(String channel, ControlMessage message) {
    Command command =
        Command.of(Verb.PUBLISH)
            .with(channel.getBytes(StandardCharsets.UTF_8))
            .with(message.toBytes());
    RedisException refusal = means.redis().callAll(List.of(command)).get(0).failure();
    if (refusal != null) {
      group.mute(refusal);
    }
  }

  /** Asks anew who listens to these, many requests in one round trip. */
  void refreshInBackground(Collection<Member> members, Runnable afterwards) {
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
      if (known.isEmpty() || !means.announces()) {
        return;
      }
      try {
        List<Interest> found =
            census.of(means.redis(), known.stream().map(Member::channels).toList());
        for (int i = 0; i < found.size(); i++) {
          known.get(i).interest(found.get(i));
        }
      } catch (RedisException e) {
        LOG.debug("who listens is not known anew: {}", e.getMessage());
      }
    }
  }

  /** Under the lock of the census. */
  private void schedule() {
    if (!isScheduled) {
      isScheduled = true;
      long period = REFRESH.toMillis();
      try {
        means.timer().scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("the manager is closing");
      }
    }
  }

  private void tick() {
    acknowledgements.sweep();
    // who does not hear the others has to ask for what they would tell
    List<Member> heard =
        group.members().stream().filter(each -> !group.isUp() || each.isHeardElsewhere()).toList();
    if (!heard.isEmpty()) {
      refreshInBackground(heard, () -> {});
    }
  }

  void inBackground(Runnable task) {
    try {
      means.background().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the manager is closing");
    }
  }
}
