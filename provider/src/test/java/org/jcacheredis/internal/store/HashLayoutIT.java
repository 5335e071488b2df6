// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jcacheredis.NeedsFieldLifetimes;
import org.junit.jupiter.api.Test;

@NeedsFieldLifetimes
class HashLayoutIT extends EntryStoreContract {
  private static final int PARTITIONS = 8;

  @Override
  EntryStore layout(String cache) {
    return new HashLayout(redis, HashNames.of(namespace(), cache, PARTITIONS), Audience.NONE, PAGE);
  }

  @Test
  void name_ofAnEntry_isTheDocumentedOne() {
    put(layout("users"), key("42"));
    // CRC-32 of "42" is 0x3224b088
    assertThat(probe.keys(namespace() + ":users*")).containsExactly(namespace() + ":users#0");
    byte[] partition = (namespace() + ":users#0").getBytes(UTF_8);
    assertThat(probe.commandBytes("HEXISTS".getBytes(UTF_8), partition, "42".getBytes(UTF_8)))
        .isEqualTo(1L);
  }

  @Test
  void clear_ofManyEntries_leavesNoKey() {
    for (int i = 0; i < 100; i++) {
      put(store, key("k" + i));
    }
    assertThat(probe.keys(namespace() + ":*")).hasSize(PARTITIONS);
    store.clear();
    assertThat(probe.keys(namespace() + ":*")).isEqualTo(List.of());
  }
}
