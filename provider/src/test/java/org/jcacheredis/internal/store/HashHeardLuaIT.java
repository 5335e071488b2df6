// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.internal.store.Announcement.Kind;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.internal.store.Corner.Presence;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsFieldLifetimes
class HashHeardLuaIT extends HeardLuaContract {
  private FieldPlace fields;

  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    fields = new FieldPlace(onServer, namespace, cache);
    return fields;
  }

  @Override
  boolean tellsSooner() {
    return true;
  }

  @Override
  LongStream longestLifetimes() {
    return LongStream.of((1L << 45) - 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wishes")
  void apply_onADeadField_isToldAsOfNothing(Set<Wish> wishes) {
    fields.unreaped(
        () ->
            Corner.all()
                .filter(corner -> corner.presence() == Presence.ABSENT)
                .filter(corner -> !isNative(corner, wishes))
                .forEach(
                    corner -> {
                      prepare(Presence.ABSENT, wishes);
                      fields.die(KEY);
                      check(corner, wishes);
                    }));
  }

  @Test
  void create_overADeadField_tellsOfTheEndBefore() {
    fields.unreaped(
        () -> {
          fields.die(KEY);
          keepShadow('v', GRACE - 1);
          apply(store(60_000), SHADOWS);
        });
    assertThat(hearing().announcements())
        .extracting(Announcement::kind)
        .containsExactly(Kind.EXPIRED, Kind.CREATED);
  }

  @Test
  void apply_ofEachKind_isToldBeforeItsNotifications() {
    assertToldFirst(Kind.CREATED, store(1_000_000));
    assertToldFirst(Kind.UPDATED, store(Lifetimes.UNCHANGED));
    assertToldFirst(Kind.UPDATED, store(Lifetimes.ETERNAL));
    assertToldFirst(Kind.SHORTENED, Change.touch(KEY, 1_000_000));
    assertToldFirst(Kind.UPDATED_AND_EXPIRED, store(Lifetimes.ZERO));
    apply(store(Lifetimes.ETERNAL), SHADOWS);
    assertToldFirst(Kind.EXPIRED, Change.expiry(KEY));
    apply(store(Lifetimes.ETERNAL), SHADOWS);
    assertToldFirst(Kind.SILENT, Change.discard(KEY));
    assertThat(sequence(Change.discard(KEY))).isEmpty();
  }

  private void assertToldFirst(Kind kind, Change change) {
    List<String> sequence = sequence(change);
    assertThat(sequence).hasSizeGreaterThan(1);
    assertThat(sequence.get(0)).isEqualTo(kind.name());
    assertThat(sequence.subList(1, sequence.size())).noneMatch(HashHeardLuaIT::isKind);
  }

  private static boolean isKind(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }
}
