// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.Test;

class ClaimLuaIT extends ClaimLuaContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new KeyPlace(onServer, namespace, cache);
  }

  @Test
  void create_overAnEntryThatHasExpired_tellsOfBothAmongTheNotifications() {
    expire(store);
    assertThat(hearing.sequence()).containsExactly("CREATED", "new", "set", "expire", "expired");
    put(store, Lifetimes.ETERNAL);
    assertThat(hearing.sequence()).containsExactly("EXPIRED", "CREATED", "new", "set");
  }

  @Test
  void remainingAll_ofWhatIsDue_makesItExpire() {
    probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
    try {
      put(store, BRIEF);
      hearing.sequence();
      await().until(() -> store.remainingAll(List.of(KEY)).get(0) == null);
      assertThat(hearing.sequence()).containsExactly("expired");
    } finally {
      probe.command("DEBUG", "SET-ACTIVE-EXPIRE", "1");
    }
  }
}
