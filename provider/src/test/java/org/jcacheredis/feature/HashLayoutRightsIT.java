// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcacheredis.feature.Kept.counts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.RedisCache;
import org.jcacheredis.RedisCacheConfiguration;
import org.jcacheredis.manyjvms.CapturedLog;
import org.jcacheredis.testkit.RedisProbe;
import org.jcacheredis.testkit.TestServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Users with few rights, and caches in hashes. */
@NeedsFieldLifetimes
class HashLayoutRightsIT {
  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  private static RedisCacheConfiguration<String, Long> numbers(String layout) {
    return new RedisCacheConfiguration<String, Long>()
        .setTypes(String.class, Long.class)
        .setting("layout", layout);
  }

  private static String layout(CacheManager manager, String layout) {
    return counts(Space.cache(manager, "c", numbers(layout))).getLayout();
  }

  @Test
  void user_withTheDocumentedRights_canUseEveryOperation() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    String basic = page.split("resetchannels ", 2)[1].split("\n", 2)[0];
    String hash = page.split("For `layout = hash` and `auto` it also needs `", 2)[1].split("`")[0];
    try (User user = new User("~" + space.namespace() + ":* " + basic + " " + hash)) {
      CacheManager manager = space.manager(user.uri(), "events.announce=false");
      assertEverythingWorks(manager, "eternal", EternalExpiryPolicy.factoryOf());
      assertEverythingWorks(manager, "created", CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
      assertEverythingWorks(manager, "accessed", AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    }
  }

  private static void assertEverythingWorks(
      CacheManager manager, String name, Factory<ExpiryPolicy> expiry) {
    RedisCache<String, Long> cache =
        Space.cache(manager, name, numbers("hash").setExpiryPolicyFactory(expiry));
    Operations.ALL.forEach(
        (operation, action) ->
            assertThatCode(
                    () -> {
                      action.accept(cache);
                      cache.put("k", 1L);
                    })
                .as(name + ": " + operation)
                .doesNotThrowAnyException());
    assertThat(counts(cache).getLayout()).isEqualTo("hash");
    manager.destroyCache(name);
  }

  @Test
  void auto_serverThatDoesNotTellWhetherItEvicts_choosesHashAndSaysSo() {
    try (CapturedLog log = CapturedLog.open();
        User user = new User("~* +@all -config")) {
      assertThat(layout(space.manager(user.uri()), "auto")).isEqualTo("hash");
      assertThat(log.information("the server can; whether it evicts it does not tell")).hasSize(1);
    }
  }

  @Test
  void hash_userWithoutTheRights_isRefusedWithThem() {
    try (User user = new User("~* +@all -hgetex -hpexpire")) {
      CacheManager manager = space.manager(user.uri());
      assertThatThrownBy(() -> manager.createCache("c", numbers("hash")))
          .isInstanceOf(CacheException.class)
          .hasMessageStartingWith(
              "cache 'c': layout is 'hash', but this user may not use HGETEX, HPEXPIRE (the server"
                  + " answered 'NOPERM")
          .hasMessageEndingWith(
              "; set layout = keys, or grant +hgetex +hpexpire and the cache's keys to the user");
      assertThat(layout(manager, "auto")).isEqualTo("keys");
    }
  }

  /** Somebody with a login of his own on the shared server. */
  private final class User implements AutoCloseable {
    private final String name = "user-" + space.namespace();

    User(String rules) {
      probe.command(("ACL SETUSER " + name + " on >pw resetchannels " + rules).split(" "));
    }

    URI uri() {
      URI shared = TestServers.shared().uri();
      return URI.create("redis://" + name + ":pw@" + shared.getHost() + ":" + shared.getPort());
    }

    @Override
    public void close() {
      probe.command("ACL", "DELUSER", name);
    }
  }
}
