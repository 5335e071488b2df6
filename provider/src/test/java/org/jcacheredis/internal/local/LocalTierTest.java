// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcacheredis.internal.local.Words.bytes;
import static org.jcacheredis.internal.local.Words.settings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jcacheredis.internal.entry.EntryKey;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.settings.CacheSettings;
import org.jcacheredis.internal.store.TimedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTierTest {
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private final Words words = new Words();
  private final Words.Losses losses = new Words.Losses();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // which passes the end
  private final LocalTier<Object, Object> tier = open(settings(100, null));

  private LocalTier<Object, Object> open(CacheSettings.Local settings) {
    LocalTier<Object, Object> opened =
        new LocalTier<>(words, settings, nanos::get, nanos::get, losses);
    opened.resume();
    return opened;
  }

  private LocalTier.Ticket ticket(Object key) {
    return requireNonNull(tier.begin(words.entry(key)));
  }

  private void keep(LocalTier<Object, Object> in, Object key, Object value) {
    keep(in, key, value, Lifetimes.ETERNAL);
  }

  private void keep(LocalTier<Object, Object> in, Object key, Object value, long remaining) {
    EntryKey entry = words.entry(key);
    in.keep(key, entry, requireNonNull(in.begin(entry)), bytes(value, remaining), value);
  }

  private void keepWith(LocalTier.Ticket ticket) {
    TimedValue read = bytes(VALUE, Lifetimes.ETERNAL);
    tier.keep(KEY, words.entry(KEY), ticket, read, VALUE);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void get_immutableValue_givesTheObjectItself() {
    keep(tier, KEY, VALUE);
    assertThat(tier.get(KEY)).isSameAs(VALUE);
    assertThat(tier.get("ke".concat("y"))).isSameAs(VALUE);
    assertThat(tier.holds(KEY)).isTrue();
    assertThat(tier.size()).isEqualTo(1);
  }

  @Test
  void get_otherValue_givesEachCallerItsOwn() {
    keep(tier, KEY, new StringBuilder(VALUE));
    StringBuilder first = (StringBuilder) requireNonNull(tier.get(KEY));
    first.append("changed");
    assertThat(tier.get(KEY)).isNotSameAs(first).hasToString(VALUE);
  }

  @Test
  void get_otherKey_isFoundByItsBytes() {
    keep(tier, List.of("a", "b"), VALUE);
    assertThat(tier.get(List.of("a", "b"))).isSameAs(VALUE);
    tier.invalidate(words.entry(List.of("a", "b")));
    assertThat(tier.get(List.of("a", "b"))).isNull();
  }

  @Test
  void keep_keyThatDoesNotComeBackEqual_keepsNothing() {
    keep(tier, "a" + Words.NOBODYS_KEY, VALUE);
    assertThat(tier.size()).isZero();
    LocalTier.Ticket ticket = ticket(KEY);
    tier.keep(KEY, words.entry("other"), ticket, bytes(VALUE, Lifetimes.ETERNAL), VALUE);
    assertThat(tier.size()).isZero();
  }

  @Test
  void begin_suspended_givesNoTicket() {
    LocalTier<Object, Object> fresh =
        new LocalTier<>(words, settings(100, null), nanos::get, nanos::get, losses);
    assertThat(fresh.isSuspended()).isTrue();
    assertThat(fresh.begin(words.entry(KEY))).isNull();
    assertThat(fresh.get(KEY)).isNull();
    assertThat(fresh.holds(KEY)).isFalse();
    fresh.invalidate(words.entry(KEY));
    fresh.invalidateAll();
    assertThat(fresh.size()).isZero();
  }

  @Test
  void keep_invalidatedSinceTheTicket_keepsNothing() {
    LocalTier.Ticket ticket = ticket(KEY);
    tier.invalidate(List.of(words.entry(KEY)));
    keepWith(ticket);
    assertThat(tier.holds(KEY)).isFalse();
    keepWith(ticket(KEY));
    assertThat(tier.holds(KEY)).isTrue();
  }

  @Test
  void keep_overtakenByANewerValue_dropsIt() {
    LocalTier.Ticket ticket = ticket(KEY);
    tier.invalidate(words.entry(KEY));
    keep(tier, KEY, "newer");
    keepWith(ticket);
    assertThat(tier.get(KEY)).isNull();
  }

  @Test
  void keep_everythingInvalidatedSinceTheTicket_keepsNothing() {
    LocalTier.Ticket ticket = ticket(KEY);
    tier.invalidateAll();
    keepWith(ticket);
    assertThat(tier.holds(KEY)).isFalse();
    assertThat(tier.size()).isZero();
  }

  @Test
  void keep_suspendedSinceTheTicket_keepsNothing() {
    LocalTier.Ticket ticket = ticket(KEY);
    tier.suspend();
    tier.resume();
    keepWith(ticket);
    assertThat(tier.holds(KEY)).isFalse();
  }

  @Test
  void keep_twoReadsAtOnce_keepsTheValue() {
    LocalTier.Ticket one = ticket(KEY);
    LocalTier.Ticket other = ticket(KEY);
    keepWith(one);
    keepWith(other);
    assertThat(tier.get(KEY)).isSameAs(VALUE);
  }

  @Test
  void suspend_keptValues_areDroppedAndCounted() {
    keep(tier, KEY, VALUE);
    keep(tier, "other", VALUE);
    tier.suspend();
    assertThat(tier.get(KEY)).isNull();
    assertThat(losses.invalidated).hasValue(2);
    tier.resume();
    assertThat(tier.get(KEY)).isNull();
  }

  @Test
  void resume_closed_staysSuspended() {
    tier.close();
    tier.resume();
    assertThat(tier.isSuspended()).isTrue();
  }

  @Test
  void invalidate_keptAndUnknownKeys_countsWhatWasDropped() {
    keep(tier, KEY, VALUE);
    keep(tier, "other", VALUE);
    tier.invalidate(words.entry("unknown"));
    tier.invalidate(words.entry("a" + Words.NOBODYS_KEY));
    assertThat(losses.invalidated).hasValue(0);
    tier.invalidate(words.entry(KEY));
    assertThat(losses.invalidated).hasValue(1);
    tier.invalidateAll();
    assertThat(losses.invalidated).hasValue(2);
    assertThat(tier.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Lifetimes.UNCHANGED, Long.MIN_VALUE})
  void keep_noTimeLeft_keepsNothing(long remaining) {
    keep(tier, KEY, VALUE, remaining);
    assertThat(tier.size()).isZero();
  }

  @Test
  void get_lifetimeOver_givesNothing() {
    keep(tier, KEY, VALUE, 1000);
    keep(tier, "other", new StringBuilder(VALUE), 1000);
    pass(Duration.ofMillis(1000).minusNanos(1));
    assertThat(tier.get(KEY)).isSameAs(VALUE);
    assertThat(tier.holds("other")).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(tier.get(KEY)).isNull();
    assertThat(tier.holds("other")).isFalse();
  }

  @Test
  void keep_slowRead_theLifetimeBeginsBefore() {
    LocalTier.Ticket ticket = ticket(KEY);
    pass(Duration.ofMillis(900));
    tier.keep(KEY, words.entry(KEY), ticket, bytes(VALUE, 1000), VALUE);
    pass(Duration.ofMillis(100));
    assertThat(tier.holds(KEY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {Lifetimes.ETERNAL, Long.MAX_VALUE >> 2, 3_600_000})
  void get_ttlOver_givesNothing(long remaining) {
    keep(tier, KEY, VALUE, remaining);
    pass(Duration.ofMinutes(9));
    assertThat(tier.holds(KEY)).isTrue();
    pass(Duration.ofMinutes(1));
    assertThat(tier.get(KEY)).isNull();
    assertThat(losses.evicted).hasValue(0);
  }

  @Test
  void keep_moreThanMaxEntries_evictsAndCounts() {
    IntStream.range(0, 150).forEach(i -> keep(tier, "key" + i, VALUE));
    assertThat(tier.size()).isEqualTo(100);
    assertThat(losses.evicted).hasValue(50);
    assertThat(losses.invalidated).hasValue(0);
  }

  @Test
  void keep_moreThanMaxWeight_evictsByBytes() {
    LocalTier<Object, Object> heavy = open(settings(1, 1000L));
    String large = "x".repeat(90); // with its key some 100 bytes
    IntStream.range(100, 110).forEach(i -> keep(heavy, "key" + i, large));
    IntStream.range(110, 120).forEach(i -> keep(heavy, "key" + i, new StringBuilder(large)));
    assertThat(heavy.size()).isBetween(5L, 10L);
    keep(heavy, "huge", "x".repeat(2000));
    assertThat(heavy.holds("huge")).isFalse();
  }
}
