// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jcacheredis.internal.entry.Mutation.Guard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done to an entry, and what became of it. */
class MutationTest {
  private static final byte[] NEW = {1};
  private static final byte[] OLD = {2};

  @Test
  void store_alone_isUnconditional() {
    Mutation store = Mutation.store(NEW);
    assertThat(store.isStore()).isTrue();
    assertThat(store.guard()).isEqualTo(Guard.ALWAYS);
    assertThat(store.newValue()).isSameAs(NEW);
    assertThat(store.wantsPrevious()).isFalse();
  }

  @Test
  void remove_alone_hasNoBytes() {
    Mutation remove = Mutation.remove();
    assertThat(remove.isStore()).isFalse();
    assertThatThrownBy(remove::newValue).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(remove::expectedValue).isInstanceOf(NullPointerException.class);
  }

  @Test
  void change_thatFollowsFromALook_isAnAccess() {
    EntryKey key = new EntryKey(OLD);
    assertThat(Change.touch(key, 1).isAccess()).isTrue();
    assertThat(Change.expiry(key).returningPrevious().isAccess()).isTrue();
    assertThat(Change.expiry(key).isTouch()).isFalse();
    assertThat(Change.discard(key).isAccess()).isFalse();
  }

  @Test
  void announced_ofAnOutcome_keepsTheRest() {
    Outcome outcome = Outcome.of(Outcome.Kind.UPDATED, OLD);
    assertThat(outcome.announced()).isEqualTo(Outcome.NOT_ANNOUNCED);
    assertThat(outcome.announced(7)).isEqualTo(new Outcome(Outcome.Kind.UPDATED, OLD, null, 7));
  }

  @Test
  void guard_setAgain_replacesTheFirst() {
    Mutation guarded = Mutation.store(NEW).ifEqual(OLD).ifAbsent();
    assertThat(guarded.guard()).isEqualTo(Guard.IF_ABSENT);
    assertThat(guarded.expected()).isNull();
    assertThat(guarded.ifPresent().guard()).isEqualTo(Guard.IF_PRESENT);
    assertThat(guarded.ifEqual(OLD).expectedValue()).isSameAs(OLD);
  }

  @Test
  void returningPrevious_onAnyGuard_keepsTheRest() {
    Mutation guarded = Mutation.store(NEW).ifEqual(OLD).returningPrevious();
    assertThat(guarded.wantsPrevious()).isTrue();
    assertThat(guarded.guard()).isEqualTo(Guard.IF_EQUAL);
    assertThat(guarded.expectedValue()).isSameAs(OLD);
    assertThat(guarded.newValue()).isSameAs(NEW);
    assertThat(guarded.ifPresent().wantsPrevious()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATED", "UPDATED", "STORED", "REMOVED", "EXPIRED"})
  void isDone_entryChanged_isTrue(Outcome.Kind kind) {
    assertThat(Outcome.of(kind).isDone()).isTrue();
    assertThat(Outcome.of(kind).is(kind)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"FOUND", "ABSENT", "REFUSED", "NOT_STORED"})
  void isDone_nothingChanged_isFalse(Outcome.Kind kind) {
    assertThat(Outcome.of(kind, OLD).isDone()).isFalse();
    assertThat(Outcome.of(kind, OLD).previous()).isSameAs(OLD);
  }
}
