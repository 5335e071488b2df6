// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Iterator;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jcacheredis.testkit.recording.RecordingListener;
import org.junit.jupiter.api.Test;

/** How managers and caches are made, found, configured and ended. */
abstract class LifecycleContract extends CacheContract {

  /** The least a configuration may be: types and nothing else. */
  record Bare<K, V>(Class<K> getKeyType, Class<V> getValueType, boolean isStoreByValue)
      implements Configuration<K, V> {}

  LifecycleContract(Backend backend) {
    super(backend);
  }

  @Test
  void getCacheManager_sameUriAndLoader_isTheSame() {
    CacheManager manager = manager();
    assertThat(again(manager)).isSameAs(manager);
  }

  @Test
  void getCacheManager_afterClose_isNew() {
    CacheManager manager = manager();
    manager.close();
    manager.close();
    assertThat(manager.isClosed()).isTrue();
    CacheManager next = again(manager);
    assertThat(next).isNotSameAs(manager);
    assertThat(next.isClosed()).isFalse();
  }

  private static CacheManager again(CacheManager manager) {
    return manager
        .getCachingProvider()
        .getCacheManager(manager.getURI(), manager.getClassLoader(), manager.getProperties());
  }

  @Test
  void getCacheManager_otherProviderInstance_isAnother() {
    assertThat(anotherManager()).isNotSameAs(anotherManager());
  }

  @Test
  void getCacheManager_otherLoader_isAnother() {
    CacheManager manager = manager();
    ClassLoader loader = new ClassLoader(manager.getClassLoader()) {};
    CacheManager other =
        manager
            .getCachingProvider()
            .getCacheManager(manager.getURI(), loader, manager.getProperties());
    assertThat(other).isNotSameAs(manager);
    assertThat(other.getClassLoader()).isSameAs(loader);
    other.createCache("same", strings());
    manager.createCache("same", strings());
    manager.getCachingProvider().close(loader);
    assertThat(other.isClosed()).isTrue();
    assertThat(manager.isClosed()).isFalse();
  }

  @Test
  void providerClose_ofOneUri_leavesTheProviderUsable() {
    CacheManager manager = manager();
    CachingProvider provider = manager.getCachingProvider();
    provider.close(URI.create("unknown:uri"), manager.getClassLoader());
    assertThat(manager.isClosed()).isFalse();
    provider.close(manager.getURI(), manager.getClassLoader());
    assertThat(manager.isClosed()).isTrue();
    assertThat(again(manager).isClosed()).isFalse();
  }

  @Test
  void provider_facts_areStable() {
    CachingProvider provider = manager().getCachingProvider();
    assertThat(provider.getDefaultURI()).isNotNull().isEqualTo(provider.getDefaultURI());
    assertThat(provider.getDefaultClassLoader()).isNotNull();
    assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isFalse();
    assertThat(manager().getProperties()).isNotNull();
  }

  @Test
  void createCache_existingName_throwsBeforeMakingCollaborators() {
    CacheManager manager = manager();
    manager.createCache("c", strings());
    int[] made = new int[1];
    MutableConfiguration<String, String> second =
        strings()
            .setExpiryPolicyFactory(
                () -> {
                  made[0]++;
                  return new javax.cache.expiry.EternalExpiryPolicy();
                });
    assertThatThrownBy(() -> manager.createCache("c", second)).isInstanceOf(CacheException.class);
    assertThat(made[0]).isZero();
  }

  @Test
  void createCache_failingFactory_leavesTheNameFree() {
    CacheManager manager = manager();
    MutableConfiguration<String, String> failing =
        strings()
            .setReadThrough(true)
            .setCacheLoaderFactory(
                () -> {
                  throw new IllegalStateException("no loader today");
                });
    assertThatThrownBy(() -> manager.createCache("c", failing))
        .isInstanceOf(RuntimeException.class);
    assertThat(manager.getCacheNames()).isEmpty();
    manager.createCache("c", strings()).put("k", "v");
  }

  @Test
  void createCache_bareConfiguration_takesDefaults() {
    Cache<String, Integer> cache = create(new Bare<>(String.class, Integer.class, true));
    cache.put("k", 1);
    assertThat(cache.get("k")).isEqualTo(1);
    CompleteConfiguration<?, ?> complete = cache.getConfiguration(CompleteConfiguration.class);
    assertThat(complete.getKeyType()).isEqualTo(String.class);
    assertThat(complete.isReadThrough()).isFalse();
  }

  @Test
  void createCache_configurationChangedAfterwards_isNotAffected() {
    MutableConfiguration<String, String> configuration = strings();
    Cache<String, String> cache = create(configuration);
    configuration.setStatisticsEnabled(true);
    assertThat(complete(cache).isStatisticsEnabled()).isFalse();
  }

  @Test
  void getCache_eachLookup_checksTheTypesExactly() {
    CacheManager manager = manager();
    Cache<String, Integer> cache =
        manager.createCache(
            "c", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    assertThat(manager.getCache("c", String.class, Integer.class)).isSameAs(cache);
    assertThat((Object) manager.getCache("c")).isSameAs(cache);
    assertThatThrownBy(() -> manager.getCache("c", Object.class, Integer.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> manager.getCache("c", String.class, Number.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> manager.getCache("c", Integer.class, String.class))
        .isInstanceOf(ClassCastException.class);
    assertThat((Object) manager.getCache("unknown")).isNull();
    assertThat(manager.getCache("unknown", String.class, String.class)).isNull();
  }

  @Test
  void getCacheNames_laterChanges_doNotShow() {
    CacheManager manager = manager();
    manager.createCache("a", strings());
    manager.createCache("b", strings());
    Iterable<String> names = manager.getCacheNames();
    manager.destroyCache("b");
    manager.getCache("a").close();
    manager.createCache("c", strings());
    assertThat(names).containsExactlyInAnyOrder("a", "b");
    assertThat(manager.getCacheNames()).containsExactly("c");
    Iterator<String> iterator = names.iterator();
    iterator.next();
    assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void destroyCache_filledCache_deletesItsEntries() {
    CacheManager manager = manager();
    manager.destroyCache("unknown");
    manager.createCache("c", strings()).put("k", "v");
    manager.destroyCache("c");
    manager.destroyCache("c");
    assertThat(manager.createCache("c", strings()).get("k")).isNull();
  }

  @Test
  void close_oneCache_leavesTheOthersAndFreesTheName() {
    CacheManager manager = manager();
    Cache<String, String> one = manager.createCache("one", strings());
    Cache<String, String> other = manager.createCache("other", strings());
    one.close();
    one.close();
    assertThat((Object) manager.getCache("one")).isNull();
    other.put("k", "v");
    assertThat(manager.createCache("one", strings())).isNotSameAs(one);
  }

  @Test
  void getConfiguration_result_cannotBeChanged() {
    RecordingListener<String, String> listener = new RecordingListener<>();
    Cache<String, String> cache =
        create(strings().addCacheEntryListenerConfiguration(listener.configuration(true, false)));
    CompleteConfiguration<String, String> configuration = complete(cache);
    assertThat(configuration).isNotInstanceOf(MutableConfiguration.class);
    Iterator<?> listeners = configuration.getCacheEntryListenerConfigurations().iterator();
    listeners.next();
    assertThatThrownBy(listeners::remove).isInstanceOf(UnsupportedOperationException.class);
    assertThat(complete(cache).getCacheEntryListenerConfigurations()).hasSize(1);
    assertThat((Object) cache.getConfiguration(Configuration.class)).isNotNull();
    assertThatThrownBy(() -> cache.getConfiguration(OddConfiguration.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A configuration of somebody else. */
  interface OddConfiguration extends Configuration<String, String> {}

  @Test
  void unwrap_wrongClass_throwsIllegalArgument() {
    Cache<String, String> cache = create(strings());
    assertThatThrownBy(() -> cache.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> manager().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat((Object) manager().unwrap(CacheManager.class)).isSameAs(manager());
  }

  @SuppressWarnings("unchecked")
  private static CompleteConfiguration<String, String> complete(Cache<String, String> cache) {
    return cache.getConfiguration(CompleteConfiguration.class);
  }
}
