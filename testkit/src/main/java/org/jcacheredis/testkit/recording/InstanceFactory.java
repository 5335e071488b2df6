// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.testkit.recording;

import javax.cache.configuration.Factory;

/**
 * Hands out one given object, so that a test keeps hold of what the cache uses. Equal when the
 * object is the same; serializable only if the object is.
 */
public record InstanceFactory<T>(T instance) implements Factory<T> {
  private static final long serialVersionUID = 1;

  @Override
  public T create() {
    return instance;
  }
}
