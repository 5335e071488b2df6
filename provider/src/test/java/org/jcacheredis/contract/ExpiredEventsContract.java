// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.recording.RecordedEvent;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.Test;

/** What listeners hear of entries that expire. */
abstract class ExpiredEventsContract extends CacheContract {

  private final RecordingListener<String, String> listener = new RecordingListener<>();

  ExpiredEventsContract(Backend backend) {
    super(backend);
  }

  private Cache<String, String> shortLived(boolean synchronous) {
    return create(
        countedStrings()
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(ExpiryContract.SHORT))
            .addCacheEntryListenerConfiguration(listener.configuration(synchronous, true)));
  }

  @Test
  void expiredEntry_touchedLater_isNeverARemoval() {
    Cache<String, String> cache = shortLived(true);
    cache.put("k", "v");
    Awaitility.await().until(() -> cache.get("k") == null);
    assertThat(cache.remove("k")).isFalse();
    assertThat(listener.events(EventType.REMOVED)).isEmpty();
    assertThat(Counters.of(cache).removals()).isZero();
  }

  @Test
  void put_overAnExpiredEntry_isACreation() {
    Cache<String, String> cache = shortLived(true);
    cache.put("k", "v");
    Awaitility.await().until(() -> !cache.containsKey("k"));
    cache.put("k", "w");
    assertThat(listener.events(EventType.UPDATED)).isEmpty();
    assertThat(listener.events(EventType.CREATED))
        .extracting(RecordedEvent::value)
        .containsExactly("v", "w");
  }

  @Test
  void expiry_neverCallsTheWriter() {
    RecordingWriter<String, String> writer = new RecordingWriter<>();
    Cache<String, String> cache =
        create(
            strings()
                .setWriteThrough(true)
                .setCacheWriterFactory(writer.factory())
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(ExpiryContract.SHORT)));
    cache.put("k", "v");
    writer.clearCalls();
    Awaitility.await().until(() -> !cache.containsKey("k"));
    cache.removeAll();
    assertThat(writer.calls()).isEmpty();
  }

  @Test
  void zeroDuration_onUpdate_isNeverARemoval() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(Duration.ETERNAL, null, Duration.ZERO);
    Cache<String, String> cache =
        create(
            strings()
                .setExpiryPolicyFactory(policy.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
    cache.put("k", "v");
    cache.put("k", "w");
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(listener.events(EventType.REMOVED)).isEmpty();
    assertThat(listener.events(EventType.CREATED)).hasSize(1);
  }

  @Test
  void zeroDuration_onCreation_isNeverACreation() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(Duration.ZERO, null, null);
    Cache<String, String> cache =
        create(
            strings()
                .setExpiryPolicyFactory(policy.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
    cache.put("k", "v");
    policy.answer(Call.CREATION, Duration.ETERNAL);
    cache.put("k", "v");
    assertThat(listener.events(EventType.CREATED)).hasSize(1);
    assertThat(listener.events(EventType.UPDATED)).isEmpty();
    assertThat(listener.events(EventType.REMOVED)).isEmpty();
  }
}
