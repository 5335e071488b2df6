// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Reply;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store of each layout, whose audience comes and goes: who hears what, and what it costs. */
abstract class HeardLayoutContract {
  private static final byte[] CHANNEL = "HeardLayout:cache!events".getBytes(UTF_8);
  static final EntryKey KEY = key("k");
  private static final EntryKey OTHER = key("other");
  private static final byte[] VALUE = {0, 1, -1};
  static final long MINUTE = 60_000;
  private static final int PAGE = 10;

  private static Redis redis;
  static RedisProbe probe;
  private static Hearing hearing;

  private final Place place = place(probe, "HeardLayout", "cache");
  final EntryStore store = place.store(redis, this::next, PAGE);
  @Nullable Set<Wish> wishes;
  private long id;

  /** Where the entries are. */
  abstract Place place(RedisProbe onServer, String namespace, String cache);

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
    hearing = Hearing.of(TestServers.shared(), CHANNEL, "HeardLayout:none:*");
  }

  @AfterEach
  void clean() {
    probe.keyBytes("HeardLayout:*").forEach(probe::del);
    hearing.announcements();
  }

  @AfterAll
  static void close() {
    hearing.close();
    probe.close();
    redis.close();
  }

  private @Nullable Announcing next() {
    return wishes == null ? null : new Announcing(CHANNEL, 7, ++id, wishes);
  }

  @Test
  void apply_asTheAudienceComesAndGoes_isToldToItAlone() {
    assertThat(store.apply(put(KEY, MINUTE)).announced()).isZero();
    wishes = Set.of();
    assertThat(store.apply(put(KEY, MINUTE)).announced()).isEqualTo(1);
    assertThat(store.apply(remove(OTHER)).announced()).isZero();
    wishes = null;
    assertThat(store.apply(remove(KEY)).announced()).isZero();
    assertThat(kinds()).containsExactly(Kind.UPDATED);
  }

  @Test
  void applyAll_ofAllSorts_numbersWhatIsTold() {
    store.apply(put(OTHER, MINUTE));
    wishes = Set.of(Wish.OLD_VALUE);
    List<Outcome> outcomes =
        store.applyAll(
            List.of(
                put(KEY, MINUTE),
                Change.touch(OTHER, 2 * MINUTE),
                remove(key("absent")),
                remove(OTHER),
                Change.expiry(KEY),
                new Change(KEY, Mutation.store(VALUE).ifPresent(), Lifetimes.of(MINUTE))));
    assertThat(outcomes).extracting(Outcome::announced).containsExactly(1L, 0L, 0L, 4L, 5L, 0L);
    assertThat(hearing.announcements()).extracting(Announcement::id).containsExactly(1L, 4L, 5L);
  }

  @Test
  void read_withAnAccessLifetime_movesTheShadow() {
    wishes = Set.of(Wish.SHADOW);
    store.apply(put(KEY, MINUTE));
    assertThat(store.read(KEY, 3 * MINUTE)).isEqualTo(VALUE);
    assertThat(shadowTtl(KEY)).isBetween(3 * MINUTE, 3 * MINUTE + 10_000);
    assertThat(store.read(KEY, Lifetimes.ETERNAL)).isEqualTo(VALUE);
    assertThat(shadowTtl(KEY)).isEqualTo(-2);
    assertThat(store.readAll(List.of(OTHER, KEY), MINUTE)).containsExactly(null, VALUE);
    assertThat(shadowTtl(KEY)).isBetween(MINUTE, MINUTE + 10_000);
    assertThat(store.read(OTHER, MINUTE)).isNull();
    assertThat(store.read(KEY, Lifetimes.UNCHANGED)).isEqualTo(VALUE);
    assertThat(kinds()).filteredOn(kind -> kind != Kind.SHORTENED).containsExactly(Kind.CREATED);
  }

  @Test
  void clear_whileSomebodyListens_isToldSilentlyKeyByKey() {
    wishes = Set.of(Wish.SHADOW, Wish.OLD_VALUE);
    int entries = 5 * PAGE;
    store.applyAll(IntStream.range(0, entries).mapToObj(i -> put(key("k" + i), MINUTE)).toList());
    hearing.announcements();
    store.clear();
    List<Announcement> told = hearing.announcements();
    assertThat(told).hasSize(entries).allMatch(each -> each.kind() == Kind.SILENT);
    assertThat(told).allMatch(each -> each.value() == null && each.previous() == null);
    assertThat(told.stream().map(Announcement::key).distinct()).hasSize(entries);
    assertThat(probe.keys("HeardLayout:*")).isEmpty();
    List<EntryKey> keys = told.stream().map(Announcement::key).toList();
    assertThat(store.claimAll(keys)).containsOnly(Claim.UNKNOWN);
    assertThat(hearing.announcements()).isEmpty();
  }

  @Test
  void run_ofAProgram_saysWhetherItWasTold() {
    Program program = ProcessLuaIT.program("entry:put(args[1])");
    List<byte[]> arguments =
        List.of("bytes", "", "1000", "-1", "-1", "-2", "x").stream()
            .map(text -> text.getBytes(UTF_8))
            .toList();
    assertThat(Announcing.id(store.run(program, KEY, arguments).elements(), 4)).isZero();
    wishes = Set.of(Wish.OLD_VALUE);
    List<Reply> replies =
        store.runAll(
            program,
            List.of(
                new EntryStore.Invocation(OTHER, arguments),
                new EntryStore.Invocation(KEY, arguments)));
    assertThat(replies)
        .extracting(each -> Announcing.id(each.elements(), 4))
        .containsExactly(1L, 2L);
    assertThat(kinds()).containsExactly(Kind.CREATED, Kind.UPDATED);
  }

  @Test
  void readTimed_ofEachPresence_hasBoth() {
    store.apply(put(KEY, MINUTE));
    store.apply(put(OTHER, Lifetimes.ETERNAL));
    EntryKey absent = key("absent");
    List<TimedValue> all = store.readAllTimed(List.of(absent, KEY, OTHER));
    assertThat(all.get(0)).isEqualTo(TimedValue.ABSENT);
    assertThat(all.get(1).bytes()).isEqualTo(VALUE);
    assertThat(all.get(1).remaining()).isBetween(MINUTE / 2, MINUTE);
    assertThat(all.get(2).bytes()).isEqualTo(VALUE);
    assertThat(all.get(2).remaining()).isEqualTo(Lifetimes.ETERNAL);
    assertThat(store.readTimed(absent)).isEqualTo(TimedValue.ABSENT);
    assertThat(store.readTimed(KEY).bytes()).isEqualTo(VALUE);
    assertThat(store.readTimed(KEY).remaining()).isBetween(MINUTE / 2, MINUTE);
    assertThat(store.readTimed(OTHER).remaining()).isEqualTo(Lifetimes.ETERNAL);
    assertThat(store.readAllTimed(List.of())).isEmpty();
  }

  @Test
  void remainingAll_ofEachPresence_isInOrder() {
    store.apply(put(KEY, MINUTE));
    store.apply(put(OTHER, Lifetimes.ETERNAL));
    List<@Nullable Long> all = store.remainingAll(List.of(OTHER, key("absent"), KEY));
    assertThat(all.subList(0, 2)).containsExactly(Lifetimes.ETERNAL, null);
    assertThat(all.get(2)).isBetween(MINUTE / 2, MINUTE);
  }

  private static List<Kind> kinds() {
    return hearing.announcements().stream().map(Announcement::kind).toList();
  }

  private long shadowTtl(EntryKey key) {
    return probe.pttl(place.shadow(key));
  }

  static Change put(EntryKey key, long lifetime) {
    return new Change(key, Mutation.store(VALUE), Lifetimes.of(lifetime));
  }

  private static Change remove(EntryKey key) {
    return new Change(key, Mutation.remove(), Lifetimes.of(Lifetimes.ZERO));
  }

  static EntryKey key(String text) {
    return new EntryKey(text.getBytes(UTF_8));
  }
}
