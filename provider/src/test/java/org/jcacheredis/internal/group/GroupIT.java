// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Subscriber;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.store.Announcement;
import org.jcacheredis.internal.store.Announcing;
import org.jcacheredis.internal.store.KeyNames;
import org.jcacheredis.internal.store.KeysLayout;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes of one namespace, each with its own connections, on a real server. */
class GroupIT {
  private static final String NAMESPACE = "GroupIT";
  private static final String CACHE = "people";
  private static final EntryKey KEY = new EntryKey("ada".getBytes(UTF_8));
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Node here = new Node();
  private final Node there = new Node();
  private RedisProbe probe;

  /** One JVM's view of one cache. */
  private final class Node {
    private final Redis redis = Connections.open(TestServers.shared());
    private final Heard heard = new Heard();
    private final Group group =
        new Group(
            new Group.Means(
                redis,
                NAMESPACE,
                0,
                sink ->
                    Subscriber.of(
                        Connections.settings(TestServers.shared().uri(), PATIENCE),
                        threads,
                        timer,
                        sink),
                threads,
                timer,
                true,
                true,
                PATIENCE));
    private final Member member = group.join(CACHE, redis, true, true);
    private final Member inHashes = group.join("fields", redis, true, false);
    private final KeysLayout store =
        new KeysLayout(redis, KeyNames.entries(NAMESPACE, CACHE), member, 100);

    Node() {
      member.tell(heard);
    }

    void close() {
      member.leave();
      inHashes.leave();
      group.close();
      redis.close();
    }

    void put(String value) {
      store.apply(
          new Change(KEY, Mutation.store(value.getBytes(UTF_8)), Lifetimes.of(Lifetimes.ETERNAL)));
    }
  }

  /** What came in, in words. */
  private static final class Heard implements Receiver {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile boolean up;

    @Override
    public void announced(Announcement announcement) {
      messages.add(
          announcement.kind()
              + " "
              + new String(Objects.requireNonNull(announcement.value()), UTF_8));
    }

    @Override
    public void notified(EntryKey key, Foreign change) {
      messages.add("foreign " + change + " " + key);
    }

    @Override
    public void invalidated(@Nullable EntryKey key) {
      messages.add("invalidated " + key);
    }

    @Override
    public void skipped() {
      messages.add("skipped");
    }

    @Override
    public void linkUp() {
      up = true;
    }

    @Override
    public void linkDown() {
      up = false;
    }
  }

  @BeforeEach
  void open() {
    probe = RedisProbe.of(TestServers.shared());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    probe.del(NAMESPACE + ":" + CACHE + ":ada");
    probe.close();
    timer.shutdownNow();
    threads.shutdownNow();
  }

  @Test
  void next_nobodyListens_isNull() {
    assertThat(here.member.next()).isNull();
  }

  @Test
  void need_returned_othersAnnounceFromNowOn() {
    assertThat(here.member.next()).isNull();

    there.member.need(EnumSet.of(Need.EVENTS));

    assertThat(here.member.next()).isNotNull();
  }

  @Test
  void next_somebodyListenedBefore_isKnownAtTheFirstChange() {
    there.member.need(EnumSet.of(Need.EVENTS, Need.OLD_VALUES));

    Announcing announcing = here.member.next();

    assertThat(announcing).isNotNull();
    assertThat(announcing.wishes()).containsExactly(Announcing.Wish.OLD_VALUE);
  }

  @Test
  void need_ended_othersCeaseToAnnounce() {
    there.member.need(EnumSet.of(Need.EVENTS));
    assertThat(here.member.next()).isNotNull();

    there.member.need(Set.of());

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(here.member.next()).isNull());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(there.member.next()).isNull());
  }

  @Test
  void announced_reachesBoth_withoutItsNotifications() {
    here.member.need(EnumSet.of(Need.EVENTS));
    there.member.need(EnumSet.of(Need.EVENTS));

    here.put("one");
    there.put("two");
    probe.del(NAMESPACE + ":" + CACHE + ":ada");

    List<String> expected = List.of("CREATED one", "UPDATED two", "foreign REMOVED ada");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(here.heard.messages).isEqualTo(expected));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(there.heard.messages).isEqualTo(expected));
  }

  @Test
  void need_ofACacheWithoutKeysOfItsOwn_asksForNoNotifications() {
    probe.command("CONFIG", "SET", "notify-keyspace-events", "");
    here.inHashes.tell(here.heard);

    here.inHashes.need(EnumSet.of(Need.EVENTS, Need.EXPIRED_VALUES));

    assertThat(here.heard.up).isTrue();
    assertThat(probe.command("PUBSUB", "NUMPAT")).isEqualTo(0L);
    assertThat(probe.command("CONFIG", "GET", "notify-keyspace-events"))
        .isEqualTo(List.of("notify-keyspace-events", ""));
    Announcing announcing = there.inHashes.next();
    assertThat(announcing).isNotNull();
    assertThat(announcing.wishes()).containsExactly(Announcing.Wish.SHADOW);
  }

  @Test
  void notified_ofAKeyThatAnotherCacheHasInHashes_isNothing() {
    here.inHashes.tell(here.heard);
    here.inHashes.need(EnumSet.of(Need.EVENTS));

    here.inHashes.notified(KEY, "set");

    assertThat(here.heard.messages).isEmpty();
  }

  @Test
  void invalidations_needed_come() {
    here.member.need(EnumSet.of(Need.INVALIDATIONS));
    assertThat(here.heard.up).isTrue();

    there.put("one");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(here.heard.messages).containsExactly("invalidated ada"));
  }

  @Test
  void awaitOthers_acknowledged_returnsWithoutTheDeadline() {
    there.member.need(EnumSet.of(Need.EVENTS, Need.ACKNOWLEDGING));
    Announcing announcing = here.member.next();
    assertThat(announcing).isNotNull();
    assertThat(announcing.wishes()).contains(Announcing.Wish.ACKNOWLEDGEMENT);

    there.member.acknowledge(
        new Announcement(
            Announcement.Kind.CREATED,
            announcing.node(),
            announcing.id(),
            announcing.wishes(),
            KEY,
            Lifetimes.ETERNAL,
            null,
            null));
    long start = System.nanoTime();
    here.member.awaitOthers(announcing.id(), PATIENCE);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
  }

  @Test
  void awaitOthers_nobodyAnswers_endsByTheDeadline_andIsNotRepeated() {
    there.member.need(EnumSet.of(Need.EVENTS, Need.ACKNOWLEDGING));
    Announcing announcing = here.member.next();
    assertThat(announcing).isNotNull();

    here.member.awaitOthers(announcing.id(), Duration.ofMillis(50));

    Announcing following = here.member.next();
    assertThat(following).isNotNull();
    assertThat(following.wishes()).doesNotContain(Announcing.Wish.ACKNOWLEDGEMENT);
  }
}
