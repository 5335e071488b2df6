// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;

class HeardLuaIT extends HeardLuaContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new KeyPlace(onServer, namespace, cache);
  }

  @Override
  boolean tellsSooner() {
    return false;
  }

  @Override
  LongStream longestLifetimes() {
    return LongStream.of(100_000_000_000_001L, (1L << 53) + 1, Long.MAX_VALUE >> 2);
  }

  @Test
  void apply_ofEachKind_isToldBeforeItsNotifications() {
    assertThat(sequence(store(1_000_000))).containsExactly("CREATED", "new", "set", "expire");
    assertThat(sequence(store(Lifetimes.UNCHANGED))).containsExactly("UPDATED", "set");
    assertThat(sequence(Change.touch(KEY, 2_000_000))).containsExactly("expire");
    assertThat(sequence(store(Lifetimes.ETERNAL))).containsExactly("UPDATED", "set");
    assertThat(sequence(store(Lifetimes.ZERO))).containsExactly("UPDATED_AND_EXPIRED", "del");
    assertThat(sequence(store(Lifetimes.ETERNAL))).containsExactly("CREATED", "new", "set");
    assertThat(sequence(Change.expiry(KEY))).containsExactly("EXPIRED", "del");
    apply(store(Lifetimes.ETERNAL), SHADOWS);
    assertThat(sequence(Change.discard(KEY))).containsExactly("SILENT", "del");
    assertThat(sequence(Change.discard(KEY))).isEmpty();
  }
}
