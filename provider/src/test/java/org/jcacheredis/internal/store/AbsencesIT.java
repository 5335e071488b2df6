// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.internal.connection.Script;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.entry.Mutation;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AbsencesIT {
  private static final EntryKey KEY = new EntryKey("k".getBytes(UTF_8));
  private static final EntryKey OTHER = new EntryKey("other".getBytes(UTF_8));
  private static final Change STORE =
      new Change(KEY, Mutation.store(new byte[] {7}), Lifetimes.of(Lifetimes.ETERNAL));
  private static final Change REMOVE =
      new Change(KEY, Mutation.remove(), Lifetimes.of(Lifetimes.ZERO));

  private static final Script SCRIPT = Script.of("return redis.call('SET', KEYS[1], 'x')");
  private static final Program.Form FORM = new Program.Form(SCRIPT, SCRIPT);
  private static final Program STORING = new Program(FORM, FORM);

  private static Redis redis;
  private static RedisProbe probe;

  private final Absences absences = absences(Duration.ofMinutes(1));
  private final EntryStore entries =
      new Watched(layout(KeyNames.entries("AbsencesIT", "cache")), absences);

  @BeforeAll
  static void open() {
    redis = Connections.open(TestServers.shared());
    probe = RedisProbe.of(TestServers.shared());
  }

  @AfterEach
  void clean() {
    probe.keyBytes("AbsencesIT:*").forEach(probe::del);
  }

  @AfterAll
  static void close() {
    probe.close();
    redis.close();
  }

  @Test
  void remember_someKeys_areKnownForTheirTime() {
    absences.remember(List.of(KEY));
    assertThat(absences.isKnown(KEY)).isTrue();
    assertThat(absences.isKnown(OTHER)).isFalse();
    assertThat(absences.known(List.of(KEY, OTHER))).isEqualTo(Set.of(KEY));
    assertThat(probe.pttl("AbsencesIT:cache!absent:k")).isBetween(30_000L, 60_000L);
  }

  @Test
  void remember_moreKeysThanABulk_knowsThemAll() {
    List<EntryKey> keys =
        IntStream.range(0, 5).mapToObj(i -> new EntryKey(("k" + i).getBytes(UTF_8))).toList();
    absences.remember(keys);
    assertThat(absences.known(keys)).containsExactlyInAnyOrderElementsOf(keys);
    absences.changed(keys);
    assertThat(absences.known(keys)).isEmpty();
  }

  @Test
  void remember_noKeys_asksNobody() {
    assertThat(probe.commandsDuring(() -> absences.remember(List.of()))).isEmpty();
  }

  @Test
  void remember_afterItsTime_isForgotten() {
    Absences brief = absences(Duration.ofMillis(50));
    brief.remember(List.of(KEY));
    await().atMost(Duration.ofSeconds(5)).until(() -> !brief.isKnown(KEY));
  }

  @Test
  void entries_whileAnAbsenceIsKnown_neverShowIt() {
    absences.remember(List.of(KEY));
    assertThat(entries.contains(KEY)).isFalse();
    assertThat(entries.read(KEY, Lifetimes.UNCHANGED)).isNull();
    assertThat(entries.scan(null).keys()).isEmpty();
  }

  @Test
  void apply_ofAnyChange_endsTheAbsence() {
    for (Change change : List.of(STORE, REMOVE)) {
      absences.remember(List.of(KEY, OTHER));
      entries.apply(change);
      assertThat(absences.known(List.of(KEY, OTHER))).isEqualTo(Set.of(OTHER));
      absences.remember(List.of(KEY));
      entries.applyAll(List.of(change));
      assertThat(absences.isKnown(KEY)).isFalse();
    }
  }

  @Test
  void run_ofAScript_endsTheAbsence() {
    absences.remember(List.of(KEY));
    entries.run(STORING, KEY, List.of());
    assertThat(absences.isKnown(KEY)).isFalse();
  }

  @Test
  void runAll_ofAScript_endsTheAbsences() {
    absences.remember(List.of(KEY, OTHER));
    List<EntryStore.Invocation> both =
        List.of(
            new EntryStore.Invocation(KEY, List.of()), new EntryStore.Invocation(OTHER, List.of()));
    entries.runAll(STORING, both);
    assertThat(absences.known(List.of(KEY, OTHER))).isEmpty();
  }

  @Test
  void apply_ofATouch_changesNothingAndAsksNoMore() {
    absences.remember(List.of(KEY));
    Change touch = Change.touch(KEY, 60_000);
    assertThat(probe.commandsDuring(() -> entries.apply(touch))).containsOnlyKeys("pexpire");
    assertThat(probe.commandsDuring(() -> entries.applyAll(List.of(touch))))
        .containsOnlyKeys("pexpire");
    assertThat(absences.isKnown(KEY)).isTrue();
  }

  @Test
  void clear_ofTheEntries_endsAllAbsences() {
    absences.remember(List.of(KEY, OTHER));
    entries.clear();
    assertThat(absences.known(List.of(KEY, OTHER))).isEmpty();
  }

  private static Absences absences(Duration ttl) {
    return new Absences(
        layout(KeyNames.aside("AbsencesIT", "cache", "absent")), ttl, new Chunks(2, 1024));
  }

  private static EntryStore layout(KeyNames names) {
    return new KeysLayout(redis, names, Audience.NONE, 100);
  }
}
