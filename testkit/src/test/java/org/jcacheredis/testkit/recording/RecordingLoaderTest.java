// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RecordingLoaderTest {
  private final RecordingLoader<String, Integer> loader = RecordingLoader.of(String::length);

  @Test
  void load_closedLatch_isNotedAndWaits() {
    CountDownLatch latch = new CountDownLatch(1);
    loader.waitFor(latch);
    CompletableFuture<Integer> loading = CompletableFuture.supplyAsync(() -> loader.load("abc"));
    assertThat(loader.awaitLoads(1, Duration.ofSeconds(10))).containsExactly("abc");
    assertThat(loading).isNotDone();
    latch.countDown();
    assertThat(loading.join()).isEqualTo(3);
  }

  @Test
  void loadAll_keys_givesValuesAndNotesOneCall() {
    assertThat(loader.loadAll(List.of("a", "bb"))).containsEntry("a", 1).containsEntry("bb", 2);
    assertThat(loader.bulkLoads()).containsExactly(List.of("a", "bb"));
    assertThat(loader.loads()).isEmpty();
  }

  @Test
  void load_toldToFail_throwsThat() {
    loader.failWith(new IllegalStateException("told"));
    assertThatThrownBy(() -> loader.load("a")).hasMessage("told");
    loader.close();
    assertThat(loader.closeCount()).isEqualTo(1);
    assertThat(loader.factory().create()).isSameAs(loader);
  }
}
