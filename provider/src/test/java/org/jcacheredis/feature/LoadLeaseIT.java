// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.integration.CacheLoaderException;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.JavaProcess;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code load.lease}: JVMs take turns to load one key, and none waits for a dead or slow one. */
@EveryLayout
class LoadLeaseIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String LEASE = "cache-defaults.load.lease=true";
  private static final String LONG_WAIT = "cache-defaults.load.lease-wait=30s";
  private static final String SHORT_LEASE = "cache-defaults.load.lease-ttl=300ms";

  @AutoClose private final Space space = Space.shared();
  @AutoClose private final Crew crew = new Crew();
  private final RedisProbe probe = space.probe();
  private final CountDownLatch opening = new CountDownLatch(1);

  @Test
  void get_inTwoManagers_loadsOnce() {
    RecordingLoader<String, String> loader = blocked("loaded");
    List<RedisCache<String, String>> caches =
        List.of(reading(loader, LEASE, LONG_WAIT), reading(loader, LEASE, LONG_WAIT));

    List<Future<String>> gets = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      RedisCache<String, String> cache = caches.get(i % 2);
      gets.add(crew.begin(() -> cache.get("k")));
    }
    loader.awaitLoads(1, SOON);
    opening.countDown();

    assertThat(gets).allSatisfy(get -> assertThat(Crew.result(get)).isEqualTo("loaded"));
    assertThat(loader.loads()).containsExactly("k");
    assertThat(probe.exists(lease())).isFalse();
  }

  @Test
  void get_inThreeJvms_loadsOnce() {
    List<JavaProcess> jvms = Stream.generate(() -> jvm(LEASE, LONG_WAIT)).limit(3).toList();
    try {
      jvms.forEach(jvm -> jvm.awaitLine("ready"));

      jvms.forEach(jvm -> jvm.send("get 8"));
      Awaitility.await().until(() -> lines(jvms, "loading") > 0);
      jvms.forEach(jvm -> jvm.send("finish"));

      Awaitility.await().atMost(SOON).until(() -> lines(jvms, "got loaded") == 24);
      assertThat(lines(jvms, "loading")).isEqualTo(1);
      assertThat(probe.exists(lease())).isFalse();
    } finally {
      jvms.forEach(JavaProcess::close);
    }
  }

  @Test
  void get_whenTheHolderIsKilled_loadsAfterItsLease() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "mine");
    RedisCache<String, String> cache = reading(loader, LEASE, LONG_WAIT, SHORT_LEASE);
    try (JavaProcess holder = jvm(LEASE, LONG_WAIT, SHORT_LEASE)) {
      holder.send("get 1");
      holder.awaitLine("loading");
      Future<String> get = crew.begin(() -> cache.get("k"));
      assertThat(probe.pttl(lease())).isBetween(1L, 300L);
      assertThat(get).isNotDone();

      holder.kill();
      long killed = System.nanoTime();

      assertThat(Crew.result(get)).isEqualTo("mine");
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(5));
      assertThat(loader.loads()).containsExactly("k");
    }
  }

  @Test
  void get_whenTheHolderIsSlow_loadsByItselfAfterLeaseWait() {
    RecordingLoader<String, String> slow = blocked("slow");
    RecordingLoader<String, String> fast = RecordingLoader.of(key -> "fast");
    RedisCache<String, String> holder = reading(slow, LEASE, LONG_WAIT);
    RedisCache<String, String> other = reading(fast, LEASE, "cache-defaults.load.lease-wait=200ms");
    Future<String> held = crew.begin(() -> holder.get("k"));
    slow.awaitLoads(1, SOON);

    assertThat(other.get("k")).isEqualTo("fast");

    assertThat(held).isNotDone();
    opening.countDown();
    assertThat(Crew.result(held)).isEqualTo("slow");
    assertThat(other.get("k")).isEqualTo("fast");
  }

  @Test
  void lease_ofASlowLoader_isRenewedUntilItEnds() {
    RecordingLoader<String, String> loader = blocked("loaded");
    RedisCache<String, String> holder = reading(loader, LEASE, LONG_WAIT, SHORT_LEASE);
    RedisCache<String, String> other = reading(loader, LEASE, LONG_WAIT, SHORT_LEASE);
    Future<String> first = crew.begin(() -> holder.get("k"));
    loader.awaitLoads(1, SOON);
    String token = probe.get(lease());
    Future<String> second = crew.begin(() -> other.get("k"));

    // three times as long as the lease lives by itself
    Awaitility.await()
        .during(900, TimeUnit.MILLISECONDS)
        .atMost(SOON)
        .until(() -> token != null && token.equals(probe.get(lease())));
    opening.countDown();

    assertThat(Crew.result(first)).isEqualTo("loaded");
    assertThat(Crew.result(second)).isEqualTo("loaded");
    assertThat(loader.loads()).containsExactly("k");
    assertThat(probe.exists(lease())).isFalse();
  }

  @Test
  void lease_whenTheLoaderFails_isGivenBackAtOnce() {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> "loaded");
    loader.failWith(new IllegalStateException("not now"));
    RedisCache<String, String> cache = reading(loader, LEASE, LONG_WAIT);

    assertThat(catchThrowable(() -> cache.get("k"))).isInstanceOf(CacheLoaderException.class);

    assertThat(probe.exists(lease())).isFalse();
    loader.failWith(null);
    assertThat(reading(loader, LEASE, LONG_WAIT).get("k")).isEqualTo("loaded");
  }

  @Test
  void get_withRememberedAbsence_asksOnceForAllManagers() {
    RecordingLoader<String, String> loader = blocked(null);
    String remember = "cache-defaults.load.negative-ttl=1m";
    List<RedisCache<String, String>> caches =
        List.of(
            reading(loader, LEASE, LONG_WAIT, remember),
            reading(loader, LEASE, LONG_WAIT, remember));

    List<Future<String>> gets = new ArrayList<>();
    for (RedisCache<String, String> cache : caches) {
      gets.add(crew.begin(() -> cache.get("k")));
    }
    crew.awaitParked(2);
    opening.countDown();

    assertThat(gets).allSatisfy(get -> assertThat(Crew.result(get)).isNull());
    assertThat(loader.loads()).containsExactly("k");
  }

  /** The lease is that of one key: others load at the same time. */
  @Test
  void get_ofAnotherKey_doesNotWait() {
    RecordingLoader<String, String> slow = blocked("slow");
    RedisCache<String, String> holder = reading(slow, LEASE, LONG_WAIT);
    RedisCache<String, String> other =
        reading(RecordingLoader.of(key -> "other"), LEASE, LONG_WAIT);
    Future<String> held = crew.begin(() -> holder.get("k"));
    slow.awaitLoads(1, SOON);

    assertThat(other.get("k2")).isEqualTo("other");

    opening.countDown();
    assertThat(Crew.result(held)).isEqualTo("slow");
  }

  private String lease() {
    return space.namespace() + ":c!load:k";
  }

  private RecordingLoader<String, String> blocked(String value) {
    RecordingLoader<String, String> loader = RecordingLoader.of(key -> value);
    loader.waitFor(opening);
    return loader;
  }

  private RedisCache<String, String> reading(
      RecordingLoader<String, String> loader, String... settings) {
    return Space.cache(
        space.manager(settings),
        "c",
        Space.types(String.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(loader.factory()));
  }

  private JavaProcess jvm(String... settings) {
    Properties properties = space.properties(settings);
    List<String> arguments = new ArrayList<>(List.of(space.uri().toString()));
    properties
        .stringPropertyNames()
        .forEach(name -> arguments.add(name + "=" + properties.getProperty(name)));
    return JavaProcess.start(LoadingJvm.class, arguments.toArray(String[]::new));
  }

  private static long lines(List<JavaProcess> jvms, String line) {
    return jvms.stream().flatMap(jvm -> jvm.lines().stream()).filter(line::equals).count();
  }
}
