// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListenerException;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom the failure of a listener or filter reaches, and whom it does not. */
abstract class FailingListenersContract extends CacheContract {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final RecordingListener<String, String> listener = new RecordingListener<>();
  private Cache<String, String> cache;

  FailingListenersContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    cache = create(strings());
  }

  private void listen(boolean synchronous) {
    cache.registerCacheEntryListener(listener.configuration(synchronous, false));
  }

  @Test
  void failingListener_synchronous_throwsAfterTheOthersRan() {
    RecordingListener<String, String> failing = new RecordingListener<>();
    RuntimeException failure = new IllegalStateException("listener failed");
    failing.failWith(failure);
    RecordingListener<String, String> before = new RecordingListener<>();
    cache.registerCacheEntryListener(before.configuration(true, false));
    cache.registerCacheEntryListener(failing.configuration(true, false));
    listen(true);
    assertThatThrownBy(() -> cache.put("k", "v"))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasCause(failure);
    assertThat(before.events()).hasSize(1);
    assertThat(listener.events()).hasSize(1);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void failingListener_listenerException_passesAsItIs() {
    CacheEntryListenerException failure = new CacheEntryListenerException("as it is");
    listener.failWith(failure);
    listen(true);
    assertThatThrownBy(() -> cache.put("k", "v")).isSameAs(failure);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void failingListener_bulkChange_changesAllEntries() {
    listener.failWith(new IllegalStateException("listener failed"));
    listen(true);
    assertThatThrownBy(() -> cache.putAll(entries("a", "1", "b", "2")))
        .isInstanceOf(CacheEntryListenerException.class);
    assertThat(cache.getAll(keys("a", "b"))).hasSize(2);
    assertThat(listener.events()).hasSize(2);
  }

  @Test
  void failingFilter_synchronous_throwsAfterTheOthersRan() {
    RuntimeException failure = new IllegalStateException("filter failed");
    CacheEntryEventFilter<String, String> failing =
        event -> {
          throw failure;
        };
    cache.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            listener.factory(), () -> failing, true, true));
    RecordingListener<String, String> other = new RecordingListener<>();
    cache.registerCacheEntryListener(other.configuration(true, false));
    assertThatThrownBy(() -> cache.put("k", "v"))
        .isInstanceOf(CacheEntryListenerException.class)
        .hasCause(failure);
    assertThat(other.events()).hasSize(1);
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void failingListener_asynchronous_failsNoCaller() {
    RecordingListener<String, String> failing = new RecordingListener<>();
    failing.failWith(new IllegalStateException("listener failed"));
    cache.registerCacheEntryListener(failing.configuration(false, false));
    listen(false);
    cache.put("k", "v");
    cache.put("l", "v");
    listener.awaitCount(2, LIMIT);
    failing.awaitCount(2, LIMIT);
  }
}
