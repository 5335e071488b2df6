// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.RedisException;
import org.jcacheredis.testkit.FaultProxy;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an error says is in doubt, where a script stands in for a command of the keys. */
@NeedsFieldLifetimes
class HashDoubtIT {
  @AutoClose private final FaultProxy proxy = FaultProxy.before(TestServers.shared());
  @AutoClose private final Space space = Space.shared();

  static Stream<Consumer<RedisCache<String, String>>> removals() {
    return Stream.of(
        cache -> cache.remove("k"),
        cache -> cache.getAndRemove("k"),
        cache -> cache.removeAll(Set.of("k", "l")));
  }

  @ParameterizedTest
  @MethodSource("removals")
  void removal_lostReply_isNotSaidToStore(Consumer<RedisCache<String, String>> removal) {
    RedisCache<String, String> cache =
        Space.cache(
            space.manager(proxy.uri(), "command-timeout=200ms", "operation-timeout=500ms"),
            "c",
            new RedisCacheConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setting("layout", "hash"));
    cache.put("k", "v");

    proxy.dropReplies();

    assertThatExceptionOfType(RedisException.class)
        .isThrownBy(() -> removal.accept(cache))
        .withMessageEndingWith("; the entry may or may not be removed")
        .satisfies(e -> assertThat(e.fate()).isEqualTo(RedisException.Fate.UNKNOWN));
    proxy.heal();
  }
}
