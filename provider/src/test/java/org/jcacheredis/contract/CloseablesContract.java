// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every collaborator that can be closed is closed once, however the cache ends. */
abstract class CloseablesContract extends CacheContract {

  /** A way for a cache to end. */
  record Ending(String name, Consumer<Cache<?, ?>> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** All four kinds of collaborators in one; each of its closings fails. */
  private static final class Collaborator
      implements CacheLoader<String, String>,
          CacheWriter<String, String>,
          CacheEntryCreatedListener<String, String>,
          ExpiryPolicy,
          Closeable {

    private final AtomicInteger closings = new AtomicInteger();

    @Override
    public void close() throws IOException {
      closings.incrementAndGet();
      throw new IOException("cannot close, as told");
    }

    @Override
    public String load(String key) {
      return key;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
      entries.clear();
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.clear();
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return null;
    }
  }

  CloseablesContract(Backend backend) {
    super(backend);
  }

  static Stream<Ending> endings() {
    return Stream.of(
        new Ending("Cache.close", Cache::close),
        new Ending("destroyCache", c -> c.getCacheManager().destroyCache(c.getName())),
        new Ending("CacheManager.close", c -> c.getCacheManager().close()),
        new Ending("CachingProvider.close", c -> c.getCacheManager().getCachingProvider().close()));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void everyCollaborator_cacheEnds_isClosedOnce(Ending ending) {
    Collaborator loader = new Collaborator();
    Collaborator writer = new Collaborator();
    Collaborator policy = new Collaborator();
    Collaborator listener = new Collaborator();
    Collaborator late = new Collaborator();
    Cache<String, String> cache =
        create(
            strings()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(() -> loader)
                .setCacheWriterFactory(() -> writer)
                .setExpiryPolicyFactory(() -> policy)
                .addCacheEntryListenerConfiguration(registration(listener)));
    cache.registerCacheEntryListener(registration(late));
    cache.put("k", "v");

    ending.body().accept(cache);
    cache.close();

    assertThat(cache.isClosed()).isTrue();
    assertThat(Stream.of(loader, writer, policy, listener, late))
        .allSatisfy(collaborator -> assertThat(collaborator.closings).hasValue(1));
  }

  private static MutableCacheEntryListenerConfiguration<String, String> registration(
      Collaborator listener) {
    return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true);
  }
}
