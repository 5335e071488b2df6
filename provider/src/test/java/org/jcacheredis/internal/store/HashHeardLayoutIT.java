// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.internal.store.Announcing.Wish;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;

@NeedsFieldLifetimes
class HashHeardLayoutIT extends HeardLayoutContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new FieldPlace(onServer, namespace, cache);
  }

  @Test
  void read_whereNoShadowIsKept_isOneNativeCommand() {
    store.apply(put(KEY, MINUTE));
    for (Set<Wish> wished : List.of(Set.<Wish>of(), Set.of(Wish.OLD_VALUE))) {
      wishes = wished;
      assertThat(probe.commandsDuring(() -> store.read(KEY, 2 * MINUTE)))
          .containsExactlyEntriesOf(Map.of("hgetex", 1L));
    }
  }

  @Test
  void apply_whereNobodyListens_isOneNativeCommand() {
    assertThat(probe.commandsDuring(() -> store.apply(put(KEY, MINUTE))))
        .containsExactlyEntriesOf(Map.of("hsetex", 1L));
  }

  @Test
  void clear_whereNoShadowIsKept_isOneCommandAPartition() {
    store.apply(put(KEY, MINUTE));
    wishes = Set.of(Wish.OLD_VALUE);
    assertThat(probe.commandsDuring(store::clear)).containsExactlyEntriesOf(Map.of("unlink", 4L));
  }
}
