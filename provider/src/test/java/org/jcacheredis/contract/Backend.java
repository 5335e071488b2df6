// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

import javax.cache.CacheManager;

/** Something the suites can run on: one implementation of {@code javax.cache} on one store. */
interface Backend {

  /** A new manager of a new provider instance; the caller closes its provider. */
  CacheManager newManager();

  /** What test reports call this back end. */
  String name();
}
