// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcacheredis.internal.entry.Change;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;

class HeardLayoutIT extends HeardLayoutContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new KeyPlace(onServer, namespace, cache);
  }

  @Test
  void read_whereNoShadowIsKept_isOneNativeCommand() {
    store.apply(put(KEY, MINUTE));
    for (Set<Wish> wished : List.of(Set.<Wish>of(), Set.of(Wish.OLD_VALUE))) {
      wishes = wished;
      assertThat(probe.commandsDuring(() -> store.read(KEY, 2 * MINUTE)))
          .containsExactlyEntriesOf(Map.of("getex", 1L));
      assertThat(probe.commandsDuring(() -> store.apply(Change.touch(KEY, MINUTE))))
          .containsExactlyEntriesOf(Map.of("pexpire", 1L));
    }
  }

  @Test
  void apply_whereNobodyListens_isOneNativeCommand() {
    assertThat(probe.commandsDuring(() -> store.apply(put(KEY, MINUTE))))
        .containsExactlyEntriesOf(Map.of("set", 1L));
    assertThat(probe.commandsDuring(() -> store.apply(Change.expiry(KEY))))
        .containsExactlyEntriesOf(Map.of("unlink", 1L));
  }

  @Test
  void readAllTimed_ofMany_isOneTrip() {
    assertThat(probe.commandsDuring(() -> store.readAllTimed(List.of(key("absent"), KEY))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("mget", 1L, "pttl", 2L));
  }
}
