// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two managers on one server see of each other; for back ends that share. */
abstract class SharingContract extends CacheContract {

  private Cache<String, String> one;
  private Cache<String, String> other;

  SharingContract(Backend backend) {
    super(backend);
  }

  @BeforeEach
  void createCaches() {
    one = create(strings());
    other = anotherManager().createCache(one.getName(), strings());
  }

  @Test
  void changes_ofOneManager_showAtTheOther() {
    one.put("k", "v");
    assertThat(other.get("k")).isEqualTo("v");
    assertThat(other.remove("k")).isTrue();
    assertThat(one.get("k")).isNull();
    other.put("k", "w");
    assertThat(one.getAndPut("k", "x")).isEqualTo("w");
    assertThat(other.replace("k", "x", "y")).isTrue();
    assertThat(one).extracting(Cache.Entry::getValue).containsExactly("y");
    other.clear();
    assertThat(one.containsKey("k")).isFalse();
  }

  @Test
  void close_ofOneManager_keepsTheEntries() {
    one.put("k", "v");
    manager().close();
    assertThat(other.get("k")).isEqualTo("v");
  }

  @Test
  void destroy_byOneManager_deletesForAll() {
    one.put("k", "v");
    manager().destroyCache(one.getName());
    assertThat(other.get("k")).isNull();
    other.put("k", "w");
    assertThat(other.get("k")).isEqualTo("w");
  }

  @Test
  void lifetime_ofOneManager_holdsForTheOther() {
    Cache<String, String> shortLived =
        create(
            strings()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
    Cache<String, String> reader = anotherManager().createCache(shortLived.getName(), strings());
    shortLived.put("k", "v");
    assertThat(reader.get("k")).isEqualTo("v");
    Awaitility.await().until(() -> reader.get("k") == null);
    assertThat(reader.putIfAbsent("k", "w")).isTrue();
  }
}
