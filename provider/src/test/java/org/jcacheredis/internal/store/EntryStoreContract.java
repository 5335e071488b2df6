// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.internal.entry.Outcome;
import org.jcacheredis.internal.store.EntryStore.Page;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every layout does, on a real server. */
abstract class EntryStoreContract {
  static final int PAGE = 10;
  private static final EntryKey KEY = key("k");
  private static final EntryKey ABSENT = key("absent");
  private static final byte[] VALUE = {0, 1, -1, '\n'};
  private static final long MINUTE = 60_000;

  static Redis redis;
  static RedisProbe probe;

  final EntryStore store = layout("cache");

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
  }

  @AfterEach
  void clean() {
    probe.keyBytes(namespace() + ":*").forEach(probe::del);
  }

  @AfterAll
  static void close() {
    probe.close();
    redis.close();
  }

  @Test
  void read_withEachAccessLifetime_movesTheDeadline() {
    put(store, KEY);
    assertThat(store.read(KEY, Lifetimes.UNCHANGED)).isEqualTo(VALUE);
    assertThat(store.remaining(KEY)).isEqualTo(Lifetimes.ETERNAL);
    assertThat(store.read(KEY, MINUTE)).isEqualTo(VALUE);
    assertThat(store.remaining(KEY)).isBetween(MINUTE / 2, MINUTE);
    assertThat(store.read(KEY, Lifetimes.ETERNAL)).isEqualTo(VALUE);
    assertThat(store.remaining(KEY)).isEqualTo(Lifetimes.ETERNAL);
    assertThat(store.apply(Change.expiry(KEY).returningPrevious()).previous()).isEqualTo(VALUE);
    assertThat(store.read(KEY, Lifetimes.UNCHANGED)).isNull();
    assertThat(store.remaining(KEY)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {Lifetimes.UNCHANGED, Lifetimes.ETERNAL, MINUTE})
  void readAll_withGaps_keepsTheOrderOfTheKeys(long access) {
    put(store, KEY);
    put(store, key("other"));
    assertThat(store.readAll(List.of(ABSENT, KEY, ABSENT, key("other")), access))
        .containsExactly(null, VALUE, null, VALUE);
  }

  @Test
  void present_someKeys_areThoseThatAreThere() {
    put(store, KEY);
    assertThat(store.contains(KEY)).isTrue();
    assertThat(store.contains(ABSENT)).isFalse();
    assertThat(store.present(List.of(KEY, ABSENT))).isEqualTo(Set.of(KEY));
    assertThat(store.present(List.of())).isEmpty();
  }

  @Test
  void applyAll_touches_leaveAbsentOnesAbsent() {
    put(store, KEY);
    put(store, key("other"));
    List<Outcome> outcomes =
        store.applyAll(
            List.of(
                Change.touch(KEY, MINUTE),
                Change.touch(ABSENT, MINUTE),
                Change.touch(key("other"), Lifetimes.ETERNAL)));
    assertThat(outcomes.get(0).kind()).isEqualTo(Outcome.Kind.FOUND);
    assertThat(outcomes.get(2).kind()).isEqualTo(Outcome.Kind.FOUND);
    assertThat(store.remaining(KEY)).isBetween(MINUTE / 2, MINUTE);
    assertThat(store.remaining(key("other"))).isEqualTo(Lifetimes.ETERNAL);
    assertThat(store.contains(ABSENT)).isFalse();
  }

  @Test
  void applyAll_mixedPlans_answersInOrder() {
    put(store, KEY);
    Lifetimes chosen = new Lifetimes(MINUTE, Lifetimes.UNCHANGED, Lifetimes.UNCHANGED);
    List<Outcome> outcomes =
        store.applyAll(
            List.of(
                new Change(key("new"), Mutation.store(VALUE), chosen),
                new Change(KEY, Mutation.store(VALUE), chosen),
                new Change(ABSENT, Mutation.remove(), chosen),
                new Change(key("x"), Mutation.store(VALUE).ifAbsent(), chosen)));
    assertThat(outcomes)
        .extracting(Outcome::kind)
        .containsExactly(
            Outcome.Kind.CREATED, Outcome.Kind.UPDATED, Outcome.Kind.ABSENT, Outcome.Kind.CREATED);
    assertThat(store.applyAll(List.of())).isEmpty();
  }

  @Test
  void scan_manyEntries_findsEachOfThisCacheAlone() {
    EntryStore similar = layout("cache*");
    EntryStore longer = layout("cache:x");
    Set<EntryKey> stored = new HashSet<>();
    for (int i = 0; i < 5 * PAGE; i++) {
      stored.add(key("k:" + i));
      put(store, key("k:" + i));
      put(similar, key("s" + i));
      put(longer, key("l" + i));
    }
    assertThat(all(store)).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(all(similar)).hasSize(5 * PAGE);
  }

  @Test
  void scan_nastyNames_neverLeaveTheirCache() {
    List<String> names =
        List.of("a", "a*", "a?", "[ab]", "a\\*", "{a}", "a:", "a%", "a#1", "a!x", "ü", " ", "");
    names.forEach(name -> put(layout(name), key(name)));
    names.forEach(name -> assertThat(all(layout(name))).as(name).containsExactly(key(name)));
  }

  @Test
  void clear_oneCache_leavesTheOthersAndWhatIsAside() {
    EntryStore other = layout("cach?");
    EntryStore aside =
        new KeysLayout(redis, KeyNames.aside(namespace(), "cache", "load"), Audience.NONE, PAGE);
    for (int i = 0; i < 5 * PAGE; i++) {
      put(store, key("k" + i));
    }
    put(other, KEY);
    put(aside, KEY);
    store.clear();
    assertThat(all(store)).isEmpty();
    assertThat(other.contains(KEY)).isTrue();
    assertThat(aside.contains(KEY)).isTrue();
    store.clear();
  }

  @Test
  void size_afterEachChange_countsTheEntriesOfThisCacheAlone() {
    assertThat(store.size()).isZero();
    for (int i = 0; i < 5 * PAGE; i++) {
      put(store, key("k" + i));
    }
    put(layout("other"), KEY);
    assertThat(store.size()).isEqualTo(5 * PAGE);
    store.apply(Change.discard(key("k1")));
    assertThat(store.size()).isEqualTo(5 * PAGE - 1);
  }

  @Test
  void readTimed_eachKindOfEntry_hasItsTime() {
    put(store, KEY);
    store.apply(new Change(key("timed"), Mutation.store(VALUE), Lifetimes.of(MINUTE)));
    assertThat(store.readTimed(KEY).bytes()).isEqualTo(VALUE);
    assertThat(store.readTimed(ABSENT)).isEqualTo(TimedValue.ABSENT);
    List<TimedValue> all = store.readAllTimed(List.of(ABSENT, KEY, key("timed")));
    assertThat(all.get(0)).isEqualTo(TimedValue.ABSENT);
    assertThat(all.get(1).remaining()).isEqualTo(Lifetimes.ETERNAL);
    assertThat(all.get(2).remaining()).isBetween(MINUTE / 2, MINUTE);
    assertThat(all.get(2).bytes()).isEqualTo(VALUE);
    assertThat(store.readTimed(key("timed")).remaining()).isBetween(MINUTE / 2, MINUTE);
    assertThat(store.remainingAll(List.of(key("timed"), ABSENT)).get(1)).isNull();
  }

  @Test
  void apply_ofAnyKeyBytes_findsThemAgain() {
    List<EntryKey> keys =
        List.of(
            key(""), key("\0"), key(" "), key("FIELDS"), key("ü{}"), new EntryKey(new byte[999]));
    keys.forEach(key -> put(store, key));
    assertThat(all(store)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(store.readAll(keys, Lifetimes.UNCHANGED)).hasSize(keys.size()).doesNotContainNull();
  }

  static Set<EntryKey> all(EntryStore store) {
    List<EntryKey> found = new ArrayList<>();
    for (Page page = store.scan(null); ; page = store.scan(page)) {
      found.addAll(page.keys());
      if (page.isLast()) {
        return new HashSet<>(found);
      }
    }
  }

  static void put(EntryStore store, EntryKey key) {
    store.apply(new Change(key, Mutation.store(VALUE), Lifetimes.of(Lifetimes.ETERNAL)));
  }

  abstract EntryStore layout(String cache);

  /** Of the test class alone. */
  String namespace() {
    return getClass().getSimpleName();
  }

  static EntryKey key(String text) {
    return new EntryKey(text.getBytes(UTF_8));
  }
}
