// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeysLayoutIT extends EntryStoreContract {
  @Override
  EntryStore layout(String cache) {
    return new KeysLayout(redis, KeyNames.entries(namespace(), cache), Audience.NONE, PAGE);
  }

  @Test
  void name_ofAnEntry_isTheDocumentedOne() {
    put(layout("users"), key("42"));
    assertThat(probe.keys(namespace() + ":users:*")).containsExactly(namespace() + ":users:42");
  }
}
