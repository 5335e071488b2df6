// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import javax.cache.CacheManager;
import org.jsr107.ri.spi.RICachingProvider;

/** The reference implementation, in the heap of this JVM. */
record ReferenceBackend() implements Backend {

  @Override
  public CacheManager newManager() {
    return new RICachingProvider().getCacheManager();
  }

  @Override
  public String name() {
    return "reference implementation";
  }
}
