// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.management.CacheMXBean;
import org.jcacheredis.RedisCacheStatisticsMXBean;
import org.jcacheredis.internal.local.LocalTier;
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
  private final FirstListeners<K, V> first;
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
      FirstListeners<K, V> first,
      List<Object> collaborators) {
    this.first = first;
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
            RedisCacheStatisticsMXBean.class,
            parts.statistics());
  }

  /** Begins: attaches the configured listeners, shows the configured MBeans; or nothing remains. */
  void open() {
    try {
      first.register(parts.events());
      enableStatistics(configuration.features().statistics());
      enableManagement(configuration.features().management());
    } catch (RuntimeException | Error e) {
      end();
      // the assembly closes them with the others
      collaborators.addAll(parts.events().close());
      throw e;
    }
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

  /**
   * Switches the statistics and their MBean.
   *
   * @throws IllegalStateException if the cache is closed
   */
  public synchronized void enableStatistics(boolean enabled) {
    checkOpen();
    parts.statistics().setEnabled(enabled);
    configuration =
        configuration.with(
            configuration.features().withStatistics(enabled), configuration.listeners());
    statisticsBean.set(enabled);
  }

  /**
   * Switches the MBean of the configuration.
   *
   * @throws IllegalStateException if the cache is closed
   */
  public synchronized void enableManagement(boolean enabled) {
    checkOpen();
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
    if (end()) {
      release();
    }
  }

  /**
   * Removes the entries of all JVMs, then closes. Callers are turned away before the removal
   * begins; an operation that was under way already may still store.
   *
   * @throws javax.cache.CacheException if the entries cannot be removed; the cache is open then
   */
  public void destroy() {
    if (clearAndEnd()) {
      release();
    }
  }

  private synchronized boolean clearAndEnd() {
    if (!stop()) {
      return false;
    }
    try {
      parts.placed().vacate(parts.store());
    } catch (RuntimeException | Error e) {
      closed.set(false);
      throw e;
    }
    hide();
    return true;
  }

  private synchronized boolean end() {
    boolean isFirst = stop();
    if (isFirst) {
      hide();
    }
    return isFirst;
  }

  /** From now on all calls are turned away; false if they were before. */
  private boolean stop() {
    if (!closed.get()) {
      configuration = configuration.with(configuration.features(), parts.events().configurations());
    }
    boolean isFirst = closed.compareAndSet(false, true);
    LocalTier<K, V> local = parts.local();
    if (isFirst && local != null) {
      local.invalidateAll();
    }
    return isFirst;
  }

  /** Nothing is seen of the cache any more; its local tier does not ask whether it is closed. */
  private void hide() {
    LocalTier<K, V> local = parts.local();
    if (local != null) {
      local.close();
    }
    statisticsBean.set(false);
    configurationBean.set(false);
  }

  /** Gives the name free, and closes what the application gave. */
  private void release() {
    owner.released(parts.name());
    List<Object> all = new ArrayList<>(collaborators);
    all.addAll(parts.events().close());
    Closing.closeAll(parts.name(), all);
  }
}
