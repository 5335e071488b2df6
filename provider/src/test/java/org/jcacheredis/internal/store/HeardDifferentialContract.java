// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * In each layout, random changes, heard and unheard, end alike; and who hears knows what is there.
 */
abstract class HeardDifferentialContract {
  private static final byte[] CHANNEL = "HeardDifferential:heard!events".getBytes(UTF_8);
  private static final int STEPS = 2_000;
  private static final long[] LIFETIMES = {0, -1, 60_000, 600_000};
  private static final List<EntryKey> KEYS =
      IntStream.range(0, 4).mapToObj(i -> new EntryKey(new byte[] {(byte) i})).toList();

  private static Redis redis;
  private static RedisProbe probe;
  private static Hearing hearing;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Set<Wish> wishes = Set.of();
  private long id;
  private final Place heardPlace = place(probe, "HeardDifferential", "heard");
  private final Place unheardPlace = place(probe, "HeardDifferential", "unheard");
  private final EntryStore heard = heardPlace.store(redis, this::next, 100);
  private final EntryStore unheard = unheardPlace.store(redis, Audience.NONE, 100);

  /** Where the entries are. */
  abstract Place place(RedisProbe onServer, String namespace, String cache);

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
    hearing = Hearing.of(TestServers.shared(), CHANNEL, "HeardDifferential:none:*");
  }

  @AfterAll
  static void close() {
    probe.keyBytes("HeardDifferential:*").forEach(probe::del);
    hearing.close();
    probe.close();
    redis.close();
  }

  private Announcing next() {
    return new Announcing(CHANNEL, 7, ++id, wishes);
  }

  @RepeatedTest(3)
  void apply_ofRandomChanges_endsAlikeAndIsKnownToWhoHears() {
    heard.clear();
    unheard.clear();
    hearing.announcements();
    Map<EntryKey, String> known = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      wishes = wishes();
      Change change = change();
      String where = "seed %d step %d: %s %s".formatted(seed, step, change, wishes);
      assertAlike(heard.apply(change), unheard.apply(change), change, where);
      hearing.announcements().forEach(told -> learn(known, told));
      assertThat(known).as(where).isEqualTo(there());
    }
  }

  /** What those who hear make of it. */
  private static void learn(Map<EntryKey, String> known, Announcement told) {
    if (told.kind() == Announcement.Kind.SHORTENED) {
      return;
    }
    byte[] value = told.value();
    if (value == null || told.kind() == Announcement.Kind.UPDATED_AND_EXPIRED) {
      known.remove(told.key());
    } else {
      known.put(told.key(), Arrays.toString(value));
    }
  }

  private Map<EntryKey, String> there() {
    Map<EntryKey, String> there = new HashMap<>();
    for (EntryKey key : KEYS) {
      String value = heardPlace.stored(key).value();
      if (value != null) {
        there.put(key, value);
      }
    }
    return there;
  }

  private void assertAlike(Outcome one, Outcome other, Change change, String where) {
    boolean isUnasked = other.is(Outcome.Kind.STORED) || change.isTouch();
    assertThat(isUnasked ? other.kind() : one.kind()).as(where).isEqualTo(other.kind());
    Mutation mutation = change.mutation();
    if (mutation.wantsPrevious() && mutation.guard() != Mutation.Guard.IF_ABSENT) {
      assertThat(Told.text(one.previous())).as(where).isEqualTo(Told.text(other.previous()));
    }
    assertThat(one.isDone()).as(where).isEqualTo(other.isDone());
    assertThat(heardPlace.stored(change.key()))
        .as(where)
        .isEqualTo(unheardPlace.stored(change.key()));
    if (one.announced() != Outcome.NOT_ANNOUNCED) {
      assertThat(one.isDone()).as(where).isTrue();
    }
  }

  private Set<Wish> wishes() {
    Set<Wish> some = EnumSet.noneOf(Wish.class);
    for (Wish wish : Wish.values()) {
      if (random.nextBoolean()) {
        some.add(wish);
      }
    }
    return some;
  }

  private Change change() {
    EntryKey key = KEYS.get(random.nextInt(KEYS.size()));
    Mutation mutation = mutation();
    if (mutation.kind() == Mutation.Kind.TOUCH) {
      Change touch = Change.touch(key, random.nextBoolean() ? Lifetimes.ETERNAL : 600_000);
      return mutation.wantsPrevious() ? touch.returningPrevious() : touch;
    }
    long update = random.nextInt(5) == 0 ? Lifetimes.UNCHANGED : lifetime();
    return new Change(key, mutation, new Lifetimes(lifetime(), update, Lifetimes.UNCHANGED));
  }

  private Mutation mutation() {
    Mutation plain =
        switch (random.nextInt(8)) {
          case 0 -> Mutation.remove();
          case 1 -> Mutation.expire();
          case 2 -> Mutation.discard();
          case 3 -> Mutation.touch();
          default -> Mutation.store(value());
        };
    Mutation guarded = plain.kind() == Mutation.Kind.TOUCH ? plain : guarded(plain);
    return random.nextBoolean() ? guarded.returningPrevious() : guarded;
  }

  private Mutation guarded(Mutation plain) {
    return switch (random.nextInt(4)) {
      case 0 -> plain.ifEqual(value());
      case 1 -> plain.isStore() ? plain.ifAbsent() : plain;
      case 2 -> plain.ifPresent();
      default -> plain;
    };
  }

  private long lifetime() {
    return LIFETIMES[random.nextInt(LIFETIMES.length)];
  }

  private byte[] value() {
    return new byte[] {0, (byte) random.nextInt(2)};
  }
}
