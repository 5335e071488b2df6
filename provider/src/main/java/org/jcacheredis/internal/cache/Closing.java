// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.cache;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what the application gave a cache: each once, whatever the others throw. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void closeAll(String cache, Collection<?> collaborators) {
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    all.addAll(collaborators);
    for (Object each : all) {
      if (each instanceof AutoCloseable closeable) {
        close(cache, closeable);
      }
    }
  }

  private static void close(String cache, AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // the cache ends all the same, and the others want closing, too
      LOG.warn("cache '{}': closing {} failed", cache, closeable.getClass().getName(), e);
    }
  }
}
