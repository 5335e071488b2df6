// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.management.CacheMXBean;
import javax.cache.management.CacheStatisticsMXBean;
import org.jcacheredis.internal.management.ConfigurationView;
import org.jcacheredis.internal.management.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A cache's life from creation to close: its configuration as it is now, its MBeans, and the
 * closing of all that the application gave it. Thread-safe.
 */
public final class CacheLifecycle<K, V> {
  private final CacheParts<K, V> parts;
  private final Owner owner;
  private final List<Object> collaborators;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ConfigurationView view = new ConfigurationView(this::configuration);
  private final Registration configurationBean;
  private final Registration statisticsBean;
  private volatile LiveConfiguration<K, V> configuration;

  /** Where a cache belongs. */
  public interface Owner {
    CacheManager manager();

    /** Forgets a cache that is being closed. */
    void released(String cache);

    /** The connection's own objects. */
    Function<Class<?>, @Nullable Object> connection();
  }

  CacheLifecycle(
      CacheParts<K, V> parts,
      Owner owner,
      LiveConfiguration<K, V> configuration,
      List<Object> collaborators) {
    this.parts = parts;
    this.owner = owner;
    this.configuration = configuration;
    this.collaborators = collaborators;
    var uri = owner.manager().getURI();
    this.configurationBean =
        new Registration(
            Registration.Kind.CONFIGURATION, uri, parts.name(), CacheMXBean.class, view);
    this.statisticsBean =
        new Registration(
            Registration.Kind.STATISTICS,
            uri,
            parts.name(),
            CacheStatisticsMXBean.class,
            parts.statistics());
  }

  /** Begins: attaches the configured listeners, shows the configured MBeans. */
  void open() {
    configuration.listeners().forEach(parts.events()::register);
    enableStatistics(configuration.features().statistics());
    enableManagement(configuration.features().management());
  }

  CacheManager manager() {
    return owner.manager();
  }

  boolean isClosed() {
    return closed.get();
  }

  /**
   * Lets only an open cache pass.
   *
   * @throws IllegalStateException if the cache is closed
   */
  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("cache '" + parts.name() + "' is closed");
    }
  }

  /** The configuration with the listeners and switches of this moment. */
  LiveConfiguration<K, V> configuration() {
    return closed.get()
        ? configuration
        : configuration.with(configuration.features(), parts.events().configurations());
  }

  public synchronized void enableStatistics(boolean enabled) {
    parts.statistics().setEnabled(enabled);
    configuration =
        configuration.with(
            configuration.features().withStatistics(enabled), configuration.listeners());
    statisticsBean.set(enabled);
  }

  public synchronized void enableManagement(boolean enabled) {
    configuration =
        configuration.with(
            configuration.features().withManagement(enabled), configuration.listeners());
    configurationBean.set(enabled);
  }

  <T> T unwrap(Class<T> type) {
    List<@Nullable Object> sources = new ArrayList<>();
    sources.add(parts.statistics());
    sources.add(view);
    sources.add(owner.connection().apply(type));
    return sources.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cache '%s' cannot be unwrapped to %s"
                        .formatted(parts.name(), type.getName())));
  }

  /** Ends the cache; its entries stay in Redis. Idempotent. One failing close stops no other. */
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    owner.released(parts.name());
    configuration = configuration.with(configuration.features(), parts.events().configurations());
    statisticsBean.set(false);
    configurationBean.set(false);
    List<Object> all = new ArrayList<>(collaborators);
    all.addAll(parts.events().close());
    Closing.closeAll(parts.name(), all);
  }

  /** Removes the entries of all JVMs, then closes. */
  public void destroy() {
    parts.store().clear();
    close();
  }
}
