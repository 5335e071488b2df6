// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.junit.jupiter.api.Test;

class RecordingListenerTest {
  private final RecordingListener<String, String> listener = new RecordingListener<>();

  @Test
  void configuration_flags_areThoseAskedFor() {
    MutableCacheEntryListenerConfiguration<String, String> configuration =
        listener.configuration(true, false);
    assertThat(configuration.isSynchronous()).isTrue();
    assertThat(configuration.isOldValueRequired()).isFalse();
    assertThat(configuration.getCacheEntryListenerFactory().create()).isSameAs(listener);
  }

  @Test
  void onCreated_toldToFail_notesFirst() {
    listener.failWith(new IllegalStateException("told"));
    assertThatThrownBy(() -> listener.onCreated(List.of())).hasMessage("told");
    assertThat(listener.batches()).containsExactly(0);
  }

  @Test
  void awaitCount_nothingComes_saysSo() {
    assertThatThrownBy(() -> listener.awaitCount(1, Duration.ofMillis(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("10 ms");
    assertThat(listener.events(EventType.CREATED)).isEmpty();
  }
}
