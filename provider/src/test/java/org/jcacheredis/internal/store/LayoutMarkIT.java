// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.CacheException;
import org.jcacheredis.internal.connection.Connections;
import org.jcacheredis.internal.connection.Redis;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LayoutMarkIT {
  private static final String KEY = "LayoutMarkIT:a%3Ab!layout";

  @AutoClose private final Redis redis = Connections.open(TestServers.shared());
  @AutoClose private final RedisProbe probe = RedisProbe.of(TestServers.shared());
  private final LayoutMark mark = new LayoutMark(redis, "LayoutMarkIT", "a:b");

  @AfterEach
  void clean() {
    probe.del(KEY);
  }

  @Test
  void claim_nothingNoted_notesIt() {
    assertThat(mark.find()).isNull();

    assertThat(mark.claim(Layout.hash(16))).isEqualTo(Layout.hash(16));

    assertThat(probe.get(KEY)).isEqualTo("hash:16");
    assertThat(probe.pttl(KEY)).isEqualTo(-1);
    assertThat(mark.find()).isEqualTo(Layout.hash(16));
    assertThat(mark).hasToString(KEY);
  }

  @Test
  void claim_somethingNoted_isToldThat() {
    mark.claim(Layout.hash(16));
    assertThat(mark.claim(Layout.KEYS)).isEqualTo(Layout.hash(16));
    assertThat(mark.claim(Layout.hash(32))).isEqualTo(Layout.hash(16));
    assertThat(mark.find()).isEqualTo(Layout.hash(16));
  }

  @Test
  void remove_makesRoomForAnother() {
    mark.remove();
    mark.claim(Layout.KEYS);
    mark.remove();
    assertThat(probe.exists(KEY)).isFalse();
    assertThat(mark.claim(Layout.hash(2))).isEqualTo(Layout.hash(2));
  }

  @Test
  void find_unknownNote_namesKeyAndNote() {
    probe.set(KEY, "tree:7");
    assertThatThrownBy(mark::find)
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "cache 'a:b': its layout is noted as 'tree:7' in %s, which this version does not know; use the version that wrote it, or destroy the cache with it",
            KEY);
    assertThatThrownBy(() -> mark.claim(Layout.KEYS)).isInstanceOf(CacheException.class);
  }
}
