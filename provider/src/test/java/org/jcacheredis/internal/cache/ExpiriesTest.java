// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jcacheredis.internal.entry.EntryKey;
import org.junit.jupiter.api.Test;

class ExpiriesTest {
  private static final EntryKey KEY = new EntryKey("k".getBytes(UTF_8));

  private final AtomicLong nanos = new AtomicLong();
  private final List<EntryKey> withoutValue = new ArrayList<>();
  private final Expiries expiries = new Expiries(nanos::get, withoutValue::add);

  @Test
  void known_inTime_isToldByTheAnnouncementAlone() {
    expiries.began(KEY);

    assertThat(expiries.known(KEY)).isTrue();
    expiries.overtaken(KEY);
    pass(60);
    assertThat(withoutValue).isEmpty();
  }

  @Test
  void known_neverBegan_isToldByTheAnnouncement() {
    assertThat(expiries.known(KEY)).isTrue();
  }

  @Test
  void overtaken_awaited_isToldOnce_andNotAgainByALateAnnouncement() {
    expiries.began(KEY);

    expiries.overtaken(KEY);
    expiries.overtaken(KEY);

    assertThat(withoutValue).containsExactly(KEY);
    assertThat(expiries.known(KEY)).isFalse();
  }

  @Test
  void sweep_noValueInTime_isToldWithout() {
    expiries.began(KEY);
    pass(1);
    assertThat(withoutValue).isEmpty();

    pass(2);

    assertThat(withoutValue).containsExactly(KEY);
  }

  @Test
  void began_againAfterAnEndWithoutValue_isToldByItsOwnAnnouncement() {
    expiries.began(KEY);
    expiries.overtaken(KEY);

    expiries.began(KEY);

    assertThat(expiries.known(KEY)).isTrue();
  }

  @Test
  void sweep_afterAWhile_forgetsWhatWasTold() {
    expiries.began(KEY);
    expiries.overtaken(KEY);

    pass(11);

    assertThat(expiries.known(KEY)).isTrue();
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    expiries.sweep();
  }
}
