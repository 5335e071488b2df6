// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.time.Duration;
import java.util.function.Supplier;
import org.jcacheredis.internal.entry.Lifetimes;
import org.jcacheredis.processor.TouchableEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as an entry processor sees it: what it does is kept here, and only the net effect
 * leaves. One thread, one run of one processor.
 */
final class ProcessorEntry<K, V> implements TouchableEntry<K, V> {
  /** What remains to be done to the cache when the processor has returned. */
  enum NetEffect {
    NOTHING,
    /** The value was read, and no more. */
    ACCESS,
    /** The value came from the loader. */
    LOAD,
    STORE,
    REMOVE
  }

  private final Coding<K, V> coding;
  private final K key;
  private final Supplier<@Nullable V> original;
  private final Supplier<@Nullable V> loader;
  private final boolean found;
  private NetEffect effect = NetEffect.NOTHING;
  private @Nullable V current;
  private boolean isRead;
  private boolean wasLoaded;
  private @Nullable Long lifetime;

  /**
   * An entry before its processor runs.
   *
   * @param coding checks what the processor sets
   * @param found whether the cache has it
   * @param original decodes the value that the cache has
   * @param loader loads a value that the cache has not; gives null without read-through
   */
  ProcessorEntry(
      Coding<K, V> coding,
      K key,
      boolean found,
      Supplier<@Nullable V> original,
      Supplier<@Nullable V> loader) {
    this.coding = coding;
    this.key = key;
    this.found = found;
    this.original = original;
    this.loader = loader;
  }

  NetEffect effect() {
    return effect;
  }

  /** The value to store, after {@code STORE} or {@code LOAD}. */
  V newValue() {
    return java.util.Objects.requireNonNull(current);
  }

  /** The lifetime that the processor asked for; null for that of the expiry policy. */
  @Nullable Long lifetime() {
    return lifetime;
  }

  @Override
  public void touch(Duration ttl) {
    long millis = Lifetimes.millis(ttl);
    if (ttl.isNegative() || millis == Lifetimes.ZERO) {
      throw new IllegalArgumentException(
          "cache '" + coding.cache() + "': ttl is '" + ttl + "'; expected a positive duration");
    }
    lifetime = millis;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return switch (effect) {
      case STORE, LOAD -> true;
      case REMOVE -> false;
      case NOTHING, ACCESS -> found;
    };
  }

  @Override
  public @Nullable V getValue() {
    if (effect == NetEffect.REMOVE || isRead) {
      return current;
    }
    isRead = true;
    if (effect == NetEffect.STORE) {
      return current;
    }
    if (found) {
      effect = NetEffect.ACCESS;
      current = original.get();
    } else {
      load();
    }
    return current;
  }

  private void load() {
    current = loader.get();
    if (current != null) {
      effect = NetEffect.LOAD;
      wasLoaded = true;
    }
  }

  @Override
  public void setValue(V value) {
    coding.checkValue(value);
    current = value;
    isRead = true;
    effect = NetEffect.STORE;
  }

  /** An entry that the processor itself made leaves no trace; one that was loaded is deleted. */
  @Override
  public void remove() {
    boolean ownCreation = effect == NetEffect.STORE && !found && !wasLoaded;
    effect = ownCreation ? NetEffect.NOTHING : NetEffect.REMOVE;
    current = null;
    isRead = true;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException(
        "cache '" + coding.cache() + "': an entry cannot be unwrapped to " + type.getName());
  }
}
