// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;

/** Besides: entries whose end only those can know who ask for it, whoever stored them. */
@NeedsFieldLifetimes
class HashClaimLuaIT extends ClaimLuaContract {
  private static final long MINUTE = 60_000;

  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new FieldPlace(onServer, namespace, cache);
  }

  @Test
  void claim_ofADeadField_tellsItsValueOnce() {
    FieldPlace fields = (FieldPlace) place;
    fields.unreaped(
        () -> {
          expire(store);
          assertThat(store.claimAll(List.of(KEY, KEY))).containsExactly(Claim.TOLD, Claim.CLAIMED);
        });
  }

  @Test
  void remainingToClaim_ofAnEntryWithoutAShadow_letsItBeClaimed() {
    place.set(KEY, Corner.OLD, 50);
    assertThat(store.remainingToClaim(List.of(KEY), MINUTE).get(0)).isBetween(1L, 50L);
    awaitEnd();
    assertThat(store.remainingToClaim(List.of(KEY), MINUTE)).containsOnlyNulls();
    assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.TOLD);
    assertThat(hearing.announcements())
        .extracting(each -> Told.text(each.previous()))
        .containsExactly(Told.text(Corner.OLD));
  }

  @Test
  void remainingToClaim_ofAnEntryWithTheShadowOfAnother_makesItsOwn() {
    put(store, MINUTE);
    place.set(KEY, Corner.NEW, 2 * MINUTE);
    store.remainingToClaim(List.of(KEY), 2 * MINUTE);
    assertThat(shadow()).isEqualTo(Stored.of(Stored.shadowOf(Corner.NEW), 2 * MINUTE + 10_000));
  }

  @Test
  void remainingToClaim_ofAnEntryThatFollowsOneToldOf_makesItsShadow() {
    expire(store);
    store.claimAll(List.of(KEY));
    place.set(KEY, Corner.NEW, MINUTE);
    store.remainingToClaim(List.of(KEY), MINUTE);
    assertThat(shadow()).isEqualTo(Stored.of(Stored.shadowOf(Corner.NEW), MINUTE + 10_000));
  }

  @Test
  void remainingToClaim_ofWhatNeedsNoShadow_makesNone() {
    place.set(KEY, Corner.OLD, Lifetimes.ETERNAL);
    assertThat(store.remainingToClaim(List.of(KEY), MINUTE)).containsExactly(Lifetimes.ETERNAL);
    place.set(KEY, Corner.OLD, 3 * MINUTE);
    store.remainingToClaim(List.of(KEY), MINUTE);
    assertThat(shadow()).isEqualTo(Stored.NOTHING);
    put(store, MINUTE);
    assertThat(probe.commandsDuring(() -> store.remainingToClaim(List.of(KEY), MINUTE)))
        .containsOnlyKeys("hpttl", "pttl");
  }

  @Test
  void remainingToClaim_whereNobodyListens_onlyAsks() {
    place.set(KEY, Corner.OLD, MINUTE);
    EntryStore unheard = place.store(redis(), Audience.NONE, 10);
    assertThat(unheard.remainingToClaim(List.of(KEY), MINUTE).get(0)).isPositive();
    assertThat(shadow()).isEqualTo(Stored.NOTHING);
  }

  @Test
  void create_whileAnEntryOfBeforeIsAwaited_leavesNothingToClaim() {
    place.set(KEY, Corner.OLD, 50);
    store.remainingToClaim(List.of(KEY), MINUTE);
    put(store, MINUTE);
    assertThat(store.claimAll(List.of(KEY))).containsExactly(Claim.OVERTAKEN);
    assertThat(hearing.announcements())
        .extracting(Announcement::kind)
        .containsExactly(Announcement.Kind.UPDATED);
  }

  private Stored shadow() {
    return Stored.at(probe, place.shadow(KEY));
  }
}
