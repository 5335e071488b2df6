// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.Test;

class DueScheduleTest {
  // a clock may have any value, also one that is about to overflow
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final DueSchedule schedule = new DueSchedule(nanos::get, Duration.ofMinutes(5), 3);

  private static EntryKey key(String name) {
    return new EntryKey(name.getBytes(StandardCharsets.UTF_8));
  }

  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  @Test
  void take_beforeAnythingIsDue_returnsNothing() {
    schedule.due(key("a"), 10);
    pass(9);
    assertThat(schedule.take(10)).isEmpty();
  }

  @Test
  void take_severalDue_returnsTheOldestFirstAndOnce() {
    schedule.due(key("late"), 20);
    schedule.due(key("early"), 10);
    schedule.due(key("later"), 30);
    pass(20);
    assertThat(schedule.take(10)).containsExactly(key("early"), key("late"));
    assertThat(schedule.take(10)).isEmpty();
    pass(10);
    assertThat(schedule.take(10)).containsExactly(key("later"));
  }

  @Test
  void take_moreDueThanAskedFor_leavesTheRest() {
    schedule.due(key("a"), 1);
    schedule.due(key("b"), 2);
    pass(2);
    assertThat(schedule.take(1)).containsExactly(key("a"));
    assertThat(schedule.take(1)).containsExactly(key("b"));
  }

  @Test
  void take_sameTime_returnsAllKeys() {
    schedule.due(key("a"), 0);
    schedule.due(key("b"), 0);
    assertThat(schedule.take(10)).containsExactlyInAnyOrder(key("a"), key("b"));
  }

  @Test
  void due_again_replacesTheTimeBefore() {
    schedule.due(key("a"), 10);
    schedule.due(key("a"), 50);
    pass(49);
    assertThat(schedule.take(10)).isEmpty();
    pass(1);
    assertThat(schedule.take(10)).containsExactly(key("a"));
    assertThat(schedule.take(10)).isEmpty();
  }

  @Test
  void due_eternalOrBeyondTheHorizon_forgetsTheTimeBefore() {
    for (long left : new long[] {-1, 300_001, Long.MAX_VALUE}) {
      schedule.due(key("a"), 10);
      schedule.due(key("a"), left);
      pass(300_001);
      assertThat(schedule.take(10)).isEmpty();
    }
  }

  @Test
  void due_atTheHorizon_isKept() {
    schedule.due(key("a"), 300_000);
    pass(300_000);
    assertThat(schedule.take(10)).containsExactly(key("a"));
  }

  @Test
  void due_beyondCapacity_dropsWhatIsDueLast() {
    schedule.due(key("d"), 40);
    schedule.due(key("a"), 10);
    schedule.due(key("b"), 20);
    schedule.due(key("c"), 30);
    schedule.due(key("e"), 50);
    pass(100);
    assertThat(schedule.take(10)).containsExactly(key("a"), key("b"), key("c"));
  }

  @Test
  void isFullWithin_afterDropping_saysWhenTheFirstOfThemIsDue() {
    for (long millis : new long[] {10, 20, 30}) {
      schedule.due(key("k" + millis), millis);
    }
    assertThat(schedule.isFullWithin(Duration.ofMinutes(5))).isFalse();
    schedule.due(key("dropped"), 20_000);
    assertThat(schedule.isFullWithin(Duration.ofSeconds(10))).isFalse();
    pass(10_000);
    assertThat(schedule.isFullWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(schedule.takeOverdue()).isZero();
  }

  @Test
  void takeOverdue_ofWhatNobodyFoundInTime_countsItOnce() {
    dropTwo();
    pass(62_000);
    assertThat(schedule.takeOverdue()).isEqualTo(2);
    assertThat(schedule.takeOverdue()).isZero();
  }

  @Test
  void takeOverdue_afterALookThroughAllKeys_countsOnlyWhatWasDroppedSince() {
    dropTwo();
    schedule.beginAnew();
    schedule.due(key("dropped again"), 60_000);
    schedule.completeAnew();
    pass(62_000);
    assertThat(schedule.takeOverdue()).isEqualTo(1);
  }

  @Test
  void takeOverdue_afterALookThroughThatFailed_countsAll() {
    dropTwo();
    schedule.beginAnew();
    assertThat(schedule.isFullWithin(Duration.ofSeconds(61))).isTrue();
    pass(62_000);
    assertThat(schedule.takeOverdue()).isEqualTo(2);
  }

  private void dropTwo() {
    for (int i = 0; i < 5; i++) {
      schedule.due(key("k" + i), 60_000);
    }
  }

  @Test
  void forgetAndClear_keysDue_areNotTaken() {
    schedule.due(key("a"), 0);
    schedule.due(key("b"), 0);
    schedule.forget(key("a"));
    schedule.forget(key("never there"));
    assertThat(schedule.take(10)).containsExactly(key("b"));
    schedule.due(key("a"), 0);
    schedule.clear();
    assertThat(schedule.take(10)).isEmpty();
  }

  @Test
  void take_afterRandomRewrites_agreesWithAPlainMap() {
    DueSchedule large = new DueSchedule(nanos::get, Duration.ofMinutes(5), 1_000);
    Map<EntryKey, Long> expected = new HashMap<>();
    Random random = new Random(4);
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      EntryKey key = key("k" + random.nextInt(200));
      long left = random.nextInt(1_000) - 10;
      large.due(key, left);
      if (left < 0) {
        expected.remove(key);
      } else {
        expected.put(key, now + left);
      }
      if (step % 10 == 0) {
        now += 7;
        pass(7);
        assertThat(new HashSet<>(large.take(1_000))).isEqualTo(takeDue(expected, now));
      }
    }
  }

  private static Set<EntryKey> takeDue(Map<EntryKey, Long> from, long now) {
    Set<EntryKey> due = new HashSet<>();
    from.forEach(
        (key, at) -> {
          if (at <= now) {
            due.add(key);
          }
        });
    from.keySet().removeAll(due);
    return due;
  }
}
