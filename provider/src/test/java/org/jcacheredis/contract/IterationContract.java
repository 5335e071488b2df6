// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.jcacheredis.testkit.recording.RecordingWriter;
import org.junit.jupiter.api.Test;

/** What walking over a cache gives, counts and removes. */
abstract class IterationContract extends CacheContract {

  IterationContract(Backend backend) {
    super(backend);
  }

  @Test
  void iterator_emptyCache_endsAtOnce() {
    Iterator<Cache.Entry<String, String>> entries = create(strings()).iterator();
    assertThat(entries.hasNext()).isFalse();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void iterator_thousandsOfEntries_givesEachOnce() {
    Cache<String, String> cache = create(strings());
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < 2_500; i++) {
      all.put("k" + i, "v" + i);
    }
    cache.putAll(all);
    Map<String, String> seen = new HashMap<>();
    for (Cache.Entry<String, String> entry : cache) {
      assertThat(seen.put(entry.getKey(), entry.getValue())).as(entry.getKey()).isNull();
    }
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void next_withoutHasNext_works() {
    Cache<String, String> cache = filled();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    Set<String> keys = keys(entries.next().getKey(), entries.next().getKey());
    assertThat(keys).containsExactlyInAnyOrder("a", "b");
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void remove_afterNext_removesThatEntry() {
    Cache<String, String> cache = filled();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    String key = entries.next().getKey();
    entries.remove();
    assertThat(cache.containsKey(key)).isFalse();
    assertThat(cache).hasSize(1);
  }

  @Test
  void remove_afterHasNextLookedAhead_removesTheEntryLastReturned() {
    Cache<String, String> cache = filled();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    String key = entries.next().getKey();
    assertThat(entries.hasNext()).isTrue();
    entries.remove();
    assertThat(cache.containsKey(key)).isFalse();
    assertThat(cache.containsKey(entries.next().getKey())).isTrue();
  }

  @Test
  void remove_beforeNextOrTwice_throwsIllegalState() {
    Iterator<Cache.Entry<String, String>> entries = filled().iterator();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    entries.next();
    entries.remove();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void entry_afterTheMappingChanged_keepsWhatItShowed() {
    Cache<String, String> cache = create(strings());
    cache.put("k", "v");
    Cache.Entry<String, String> entry = cache.iterator().next();
    cache.put("k", "w");
    assertThat(entry.getValue()).isEqualTo("v");
  }

  @Test
  void entry_unwrapToWrongClass_throwsIllegalArgument() {
    Cache.Entry<String, String> entry = filled().iterator().next();
    assertThatThrownBy(() -> entry.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat((Object) entry.unwrap(Cache.Entry.class)).isInstanceOf(Cache.Entry.class);
  }

  @Test
  void iterator_concurrentChanges_neverFails() {
    Cache<String, String> cache = create(strings());
    for (int i = 0; i < 200; i++) {
      cache.put("k" + i, "v");
    }
    Set<String> seen = new HashSet<>();
    for (Cache.Entry<String, String> entry : cache) {
      seen.add(entry.getKey());
      cache.put("new" + seen.size(), "v");
      cache.remove("k" + (199 - seen.size() % 100));
      if (seen.size() > 2_000) {
        break; // a walk over a growing cache need not end
      }
    }
    assertThat(seen).contains("k0", "k50", "k99");
  }

  @Test
  void iterator_expiredEntries_areSkipped() {
    Cache<String, String> cache =
        create(
            strings()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 40))));
    cache.put("k", "v");
    Awaitility.await().until(() -> !cache.containsKey("k"));
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void next_withAccessExpiry_asksOncePerEntryAndNotAtHasNext() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
    Cache<String, String> cache = create(strings().setExpiryPolicyFactory(policy.factory()));
    cache.putAll(entries("a", "1", "b", "2"));
    policy.clear();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    assertThat(entries.hasNext()).isTrue();
    assertThat(policy.count(RecordingExpiryPolicy.Call.ACCESS)).isZero();
    entries.next();
    assertThat(policy.count(RecordingExpiryPolicy.Call.ACCESS)).isEqualTo(1);
    entries.next();
    assertThat(policy.count(RecordingExpiryPolicy.Call.ACCESS)).isEqualTo(2);
    assertThat(policy.count(RecordingExpiryPolicy.Call.UPDATE)).isZero();
  }

  @Test
  void next_accessExpiryZero_givesTheEntryOnce() {
    RecordingExpiryPolicy policy = RecordingExpiryPolicy.of(Duration.ETERNAL, Duration.ZERO, null);
    Cache<String, String> cache = create(strings().setExpiryPolicyFactory(policy.factory()));
    cache.put("k", "v");
    assertThat(cache.iterator().next().getValue()).isEqualTo("v");
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void iterator_withCollaborators_countsHitsAndRemovalsAndWritesTheRemoval() {
    var loader = RecordingLoader.<String, String>of(key -> "loaded");
    var writer = new RecordingWriter<String, String>();
    var listener = new RecordingListener<String, String>();
    Cache<String, String> cache =
        create(
            countedStrings()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setCacheWriterFactory(writer.factory())
                .addCacheEntryListenerConfiguration(listener.configuration(true, true)));
    cache.put("k", "v");
    writer.clearCalls();
    listener.clear();
    Counters before = Counters.of(cache);
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    entries.next();
    assertThat(Counters.of(cache).since(before)).isEqualTo(new Counters(1, 0, 0, 0));
    entries.remove();

    assertThat(Counters.of(cache).since(before)).isEqualTo(new Counters(1, 0, 0, 1));
    assertThat(loader.loads()).isEmpty();
    assertThat(writer.calls())
        .containsExactly(
            new RecordingWriter.WriterCall(RecordingWriter.Method.DELETE, java.util.List.of("k")));
    assertThat(listener.types()).containsExactly(javax.cache.event.EventType.REMOVED);
    assertThat(listener.events().get(0).oldValue()).isEqualTo("v");
  }

  @Test
  void hasNext_manyTimes_countsNothing() {
    Cache<String, String> cache = create(countedStrings());
    cache.put("k", "v");
    Counters before = Counters.of(cache);
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isTrue();
    assertThat(entries.hasNext()).isTrue();
    assertThat(Counters.of(cache).since(before)).isEqualTo(Counters.NONE);
  }

  private Cache<String, String> filled() {
    Cache<String, String> cache = create(strings());
    cache.putAll(entries("a", "1", "b", "2"));
    return cache;
  }
}
