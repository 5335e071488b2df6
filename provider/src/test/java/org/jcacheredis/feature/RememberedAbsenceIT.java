// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.integration.CompletionListenerFuture;
import org.awaitility.Awaitility;
import org.jcacheredis.EveryLayout;
import org.jcacheredis.RedisCache;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.recording.RecordingLoader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code load.negative-ttl}: a loader's null is remembered, and no more than remembered. */
@EveryLayout
class RememberedAbsenceIT {
  private static final String[] REMEMBER = {"cache-defaults.load.negative-ttl=1m"};

  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();
  private final RecordingLoader<String, String> loader = RecordingLoader.of(key -> null);

  @Test
  void get_afterTheLoaderSaidNull_asksItNoMoreInAnyManager() {
    RedisCache<String, String> cache = reading(loader, REMEMBER);
    RecordingLoader<String, String> otherLoader = RecordingLoader.of(key -> "found");
    RedisCache<String, String> other = reading(otherLoader, REMEMBER);

    assertThat(cache.get("k")).isNull();
    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(Set.of("k"))).isEmpty();
    assertThat(other.get("k")).isNull();
    assertThat(other.getAll(Set.of("k"))).isEmpty();

    assertThat(loader.loads()).containsExactly("k");
    assertThat(loader.bulkLoads()).isEmpty();
    assertThat(otherLoader.loads()).isEmpty();
    assertThat(otherLoader.bulkLoads()).isEmpty();
  }

  @Test
  void getAll_afterTheLoaderGaveNothing_asksForTheOthersAlone() {
    RecordingLoader<String, String> some = RecordingLoader.of(key -> key.equals("b") ? "vb" : null);
    RedisCache<String, String> cache = reading(some, REMEMBER);

    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("b", "vb"));
    some.clear();
    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("b", "vb"));

    assertThat(some.bulkLoads()).hasSize(1);
    assertThat(some.bulkLoads().get(0)).containsExactly("c");
  }

  @Test
  void rememberedAbsence_isNoEntry() {
    RedisCache<String, String> cache = reading(loader, REMEMBER);

    cache.get("k");

    assertThat(probe.pttl(space.namespace() + ":c!absent:k")).isBetween(1L, 60_000L);
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.iterator()).isExhausted();
    assertThat(cache.size()).isZero();
    assertThat(cache.remainingTtl("k")).isEmpty();
    assertThat(cache.remove("k")).isFalse();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("put", cache -> cache.put("k", "v")),
        change("putIfAbsent", cache -> cache.putIfAbsent("k", "v")),
        change("putAll", cache -> cache.putAll(Map.of("k", "v"))),
        change("remove", cache -> cache.remove("k")),
        change("removeAll", cache -> cache.removeAll(Set.of("k"))),
        change("clear", RedisCache::clear),
        change("loadAll", cache -> cache.loadAll(Set.of("k"), true, null)),
        change(
            "invoke",
            cache ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("v");
                      return null;
                    })));
  }

  private static Arguments change(String name, Consumer<RedisCache<String, String>> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void change_ofTheEntry_endsTheMemory(String name, Consumer<RedisCache<String, String>> change) {
    RecordingLoader<String, String> second =
        RecordingLoader.of(key -> loader.loads().isEmpty() ? null : "v");
    RedisCache<String, String> cache = reading(second, REMEMBER);
    assertThat(cache.get("k")).isNull();
    reading(loader).get("anything but k"); // from now on the source has it

    change.accept(cache);

    Awaitility.await().untilAsserted(() -> assertThat(cache.get("k")).isEqualTo("v"));
    assertThat(probe.exists(space.namespace() + ":c!absent:k")).isFalse();
  }

  @Test
  void invoke_thatReadsAnAbsentKey_remembersAndIsSpared() {
    RedisCache<String, String> cache = reading(loader, REMEMBER);
    cache.get("k");

    for (String key : List.of("k", "j", "j")) {
      assertThat(cache.<String>invoke(key, (entry, arguments) -> entry.getValue())).isNull();
    }
    cache.get("j");

    assertThat(loader.loads()).containsExactly("k", "j");
  }

  @Test
  void get_afterTheServersTimeIsUp_loadsAgain() {
    RedisCache<String, String> cache = reading(loader, "cache-defaults.load.negative-ttl=150ms");
    cache.get("k");

    Awaitility.await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> cache.get("k") == null && loader.loads().size() == 2);
  }

  @Test
  void loadAll_thatFindsNothing_doesNotStopLaterLoads() throws Exception {
    RedisCache<String, String> cache = reading(loader, REMEMBER);
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(Set.of("k"), true, done);
    done.get(10, TimeUnit.SECONDS);
    cache.get("k");

    assertThat(loader.loads()).containsExactly("k");
  }

  @Test
  void get_withoutTheSetting_asksTheLoaderEachTime() {
    RedisCache<String, String> cache = reading(loader);

    cache.get("k");
    cache.get("k");

    assertThat(loader.loads()).containsExactly("k", "k");
    assertThat(space.keys(probe)).isEmpty();
  }

  /** A user who may change entries and not the marks: each mark must end by itself. */
  @Test
  void put_whoseMarkCannotBeForgotten_succeeds() {
    String cache = "~" + space.namespace() + ":c";
    probe.command("ACL", "SETUSER", "half", "on", ">pw", cache + ":*", "+@all");
    probe.command("ACL", "SETUSER", "half", cache + "#*", cache + "!layout", cache + "!trial:*");
    try {
      URI half =
          URI.create("redis://half:pw@" + space.uri().getHost() + ":" + space.uri().getPort());
      RedisCache<String, String> writer =
          Space.cache(space.manager(half, REMEMBER), "c", Space.types(String.class, String.class));

      writer.put("k", "v");
      writer.putAll(Map.of("k2", "v"));

      assertThat(writer.getAll(Set.of("k", "k2"))).hasSize(2);
      assertThat(writer.remove("k")).isTrue();
    } finally {
      probe.command("ACL", "DELUSER", "half");
    }
  }

  private RedisCache<String, String> reading(
      RecordingLoader<String, String> through, String... settings) {
    return Space.cache(
        space.manager(settings),
        "c",
        Space.types(String.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(through.factory()));
  }
}
