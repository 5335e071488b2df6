// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy;
import org.jcacheredis.testkit.recording.RecordingExpiryPolicy.Call;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which question each method asks of the expiry policy, how often, and what the answer does. */
abstract class ExpiryContract extends CacheContract {

  static final Duration SHORT = new Duration(TimeUnit.MILLISECONDS, 60);
  private static final Duration LONG = new Duration(TimeUnit.DAYS, 1);

  private RecordingExpiryPolicy policy;
  private Cache<String, String> cache;

  /** A method, the state of its key, and how often it asks each question. */
  record Asks(
      String name,
      boolean present,
      Consumer<Cache<String, String>> body,
      int creation,
      int access,
      int update) {
    @Override
    public String toString() {
      return name + (present ? " present" : " absent");
    }
  }

  ExpiryContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCache() {
    policy = RecordingExpiryPolicy.of(Duration.ETERNAL, null, null);
    cache = create(strings().setExpiryPolicyFactory(policy.factory()));
  }

  static Stream<Asks> questions() {
    return Stream.concat(questionsOfReadsAndRemovals(), questionsOfStores());
  }

  private static Stream<Asks> questionsOfReadsAndRemovals() {
    return Stream.of(
        new Asks("get", true, c -> c.get("k"), 0, 1, 0),
        new Asks("get", false, c -> c.get("k"), 0, 0, 0),
        new Asks("getAll", true, c -> c.getAll(keys("k", "z")), 0, 1, 0),
        new Asks("containsKey", true, c -> c.containsKey("k"), 0, 0, 0),
        new Asks("remove", true, c -> c.remove("k"), 0, 0, 0),
        new Asks("getAndRemove", true, c -> c.getAndRemove("k"), 0, 0, 0),
        new Asks("remove equal", true, c -> c.remove("k", "v"), 0, 0, 0),
        new Asks("remove different", true, c -> c.remove("k", "x"), 0, 1, 0),
        new Asks("remove with value", false, c -> c.remove("k", "x"), 0, 0, 0),
        new Asks("removeAll(keys)", true, c -> c.removeAll(keys("k")), 0, 0, 0),
        new Asks("removeAll", true, Cache::removeAll, 0, 0, 0),
        new Asks("clear", true, Cache::clear, 0, 0, 0),
        new Asks("iterate", true, c -> c.forEach(entry -> {}), 0, 1, 0));
  }

  private static Stream<Asks> questionsOfStores() {
    return Stream.of(
        new Asks("put", false, c -> c.put("k", "w"), 1, 0, 0),
        new Asks("put", true, c -> c.put("k", "w"), 0, 0, 1),
        new Asks("putAll", false, c -> c.putAll(entries("k", "1", "l", "2")), 2, 0, 0),
        new Asks("putAll", true, c -> c.putAll(entries("k", "1", "l", "2")), 1, 0, 1),
        new Asks("getAndPut", false, c -> c.getAndPut("k", "w"), 1, 0, 0),
        new Asks("getAndPut", true, c -> c.getAndPut("k", "w"), 0, 0, 1),
        new Asks("putIfAbsent", false, c -> c.putIfAbsent("k", "w"), 1, 0, 0),
        new Asks("putIfAbsent", true, c -> c.putIfAbsent("k", "w"), 0, 0, 0),
        new Asks("replace", false, c -> c.replace("k", "w"), 0, 0, 0),
        new Asks("replace", true, c -> c.replace("k", "w"), 0, 0, 1),
        new Asks("replace equal", true, c -> c.replace("k", "v", "w"), 0, 0, 1),
        new Asks("replace different", true, c -> c.replace("k", "x", "w"), 0, 1, 0),
        new Asks("replace with value", false, c -> c.replace("k", "x", "w"), 0, 0, 0),
        new Asks("getAndReplace", false, c -> c.getAndReplace("k", "w"), 0, 0, 0),
        new Asks("getAndReplace", true, c -> c.getAndReplace("k", "w"), 0, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void method_onceCalled_asksExactly(Asks asks) {
    if (asks.present()) {
      cache.put("k", "v");
    }
    policy.clear();
    asks.body().accept(cache);
    assertThat(policy.count(Call.CREATION)).as("creation").isEqualTo(asks.creation());
    assertThat(policy.count(Call.ACCESS)).as("access").isEqualTo(asks.access());
    assertThat(policy.count(Call.UPDATE)).as("update").isEqualTo(asks.update());
  }

  @Test
  void put_creationZero_storesNothing() {
    policy.answer(Call.CREATION, Duration.ZERO);
    cache.put("k", "v");
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.putIfAbsent("k", "v")).isFalse();
    assertThat(cache.getAndPut("k", "v")).isNull();
    assertThat(cache.remove("k")).isFalse();
    assertThat(cache).isEmpty();
  }

  @Test
  void put_updateZero_dropsTheEntry() {
    policy.answer(Call.UPDATE, Duration.ZERO);
    cache.put("k", "v");
    cache.put("k", "w");
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.replace("k", "v", "w")).isTrue();
    assertThat(cache.get("k")).isNull();
    cache.put("k", "v");
    assertThat(cache.getAndReplace("k", "w")).isEqualTo("v");
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void get_accessZero_givesTheValueOnce() {
    policy.answer(Call.ACCESS, Duration.ZERO);
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.getAll(keys("k"))).containsEntry("k", "v");
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.replace("k", "x", "w")).isFalse();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void update_nullDuration_keepsTheDeadline() {
    policy.answer(Call.CREATION, SHORT);
    cache.put("k", "v");
    cache.put("k", "w");
    cache.get("k");
    awaitGone("k");
  }

  @Test
  void update_eternal_removesTheDeadline() {
    policy.answer(Call.CREATION, SHORT);
    policy.answer(Call.UPDATE, Duration.ETERNAL);
    cache.put("k", "v");
    cache.put("k", "w");
    cache.put("witness", "v");
    awaitGone("witness");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void access_eternal_removesTheDeadline() {
    policy.answer(Call.CREATION, SHORT);
    policy.answer(Call.ACCESS, Duration.ETERNAL);
    cache.put("k", "v");
    cache.get("k");
    cache.put("witness", "v");
    awaitGone("witness");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void access_longerDuration_extendsTheLife() {
    policy.answer(Call.CREATION, SHORT);
    policy.answer(Call.ACCESS, LONG);
    cache.put("k", "v");
    cache.getAll(keys("k"));
    cache.put("witness", "v");
    awaitGone("witness");
    assertThat(cache.containsKey("k")).isTrue();
  }

  @Test
  void access_shorterDuration_shortensTheLife() {
    policy.answer(Call.ACCESS, SHORT);
    cache.put("k", "v");
    cache.get("k");
    awaitGone("k");
  }

  @Test
  void creation_afterExpiry_forgetsTheOldDeadline() {
    policy.answer(Call.CREATION, SHORT);
    cache.put("k", "v");
    awaitGone("k");
    policy.answer(Call.CREATION, Duration.ETERNAL);
    assertThat(cache.putIfAbsent("k", "w")).isTrue();
    policy.answer(Call.CREATION, SHORT);
    cache.put("witness", "v");
    awaitGone("witness");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void creation_afterRemoval_forgetsTheOldDeadline() {
    policy.answer(Call.CREATION, SHORT);
    cache.put("k", "v");
    cache.remove("k");
    policy.answer(Call.CREATION, Duration.ETERNAL);
    cache.put("k", "w");
    policy.answer(Call.CREATION, SHORT);
    cache.put("witness", "v");
    awaitGone("witness");
    assertThat(cache.get("k")).isEqualTo("w");
  }

  @Test
  void expiredEntry_everyMethod_seesNothing() {
    policy.answer(Call.CREATION, SHORT);
    cache.put("k", "v");
    awaitGone("k");
    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(keys("k"))).isEmpty();
    assertThat(cache.replace("k", "w")).isFalse();
    assertThat(cache.replace("k", "v", "w")).isFalse();
    assertThat(cache.getAndReplace("k", "w")).isNull();
    assertThat(cache.remove("k", "v")).isFalse();
    assertThat(cache.remove("k")).isFalse();
    assertThat(cache.getAndRemove("k")).isNull();
    assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isFalse();
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    assertThat(entries.hasNext()).isFalse();
    policy.clear();
    assertThat(cache.getAndPut("k", "w")).isNull();
    assertThat(policy.count(Call.CREATION)).isEqualTo(1);
    assertThat(policy.count(Call.UPDATE)).isZero();
  }

  @Test
  void throwingPolicy_onCreation_storesForEver() {
    policy.failWith(Call.CREATION, new IllegalStateException("no answer"));
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.putIfAbsent("l", "v")).isTrue();
    assertThat(cache.get("l")).isEqualTo("v");
  }

  @Test
  void throwingPolicy_onAccessOrUpdate_keepsTheDeadline() {
    policy.answer(Call.CREATION, SHORT);
    policy.failWith(Call.ACCESS, new IllegalStateException("no answer"));
    policy.failWith(Call.UPDATE, new IllegalStateException("no answer"));
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    cache.put("k", "w");
    assertThat(cache.getAndPut("k", "x")).isEqualTo("w");
    awaitGone("k");
  }

  @Test
  void nullDuration_onCreation_storesForEver() {
    policy.answer(Call.CREATION, null);
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @ParameterizedTest
  @MethodSource("hugeDurations")
  void hugeDuration_onEachQuestion_neverExpires(Duration huge) {
    policy.answer(Call.CREATION, huge);
    policy.answer(Call.ACCESS, huge);
    policy.answer(Call.UPDATE, huge);
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    cache.put("k", "w");
    assertThat(cache.get("k")).isEqualTo("w");
    assertThat(cache).hasSize(1);
  }

  static Stream<Duration> hugeDurations() {
    return Stream.of(
        new Duration(TimeUnit.DAYS, Long.MAX_VALUE),
        new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE),
        new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE - 1),
        new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE / 2),
        new Duration(TimeUnit.SECONDS, Long.MAX_VALUE / 1_000),
        new Duration(TimeUnit.DAYS, 365L * 1_000_000));
  }

  @Test
  void loadedValue_creationZero_isReturnedAndNotStored() {
    var loader = RecordingLoader.<String, String>of(key -> "loaded");
    policy.answer(Call.CREATION, Duration.ZERO);
    Cache<String, String> loading =
        create(
            strings()
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setExpiryPolicyFactory(policy.factory()));
    assertThat(loading.get("k")).isEqualTo("loaded");
    assertThat(loading.containsKey("k")).isFalse();
  }

  @Test
  void loadedValue_each_asksCreationOnceAndNeverAccess() {
    var loader = RecordingLoader.<String, String>of(key -> "loaded");
    Cache<String, String> loading =
        create(
            strings()
                .setReadThrough(true)
                .setCacheLoaderFactory(loader.factory())
                .setExpiryPolicyFactory(policy.factory()));
    loading.get("k");
    loading.getAll(keys("l", "m"));
    assertThat(policy.count(Call.CREATION)).isEqualTo(3);
    assertThat(policy.count(Call.ACCESS)).isZero();
  }

  private void awaitGone(String key) {
    Awaitility.await().until(() -> !cache.containsKey(key));
  }
}
