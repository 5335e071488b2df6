// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

/** Chooses the back end of a run. */
final class Backends {

  private Backends() {}

  /** The back end of a suite: ours, unless {@code -Dcontract.backend=reference}. */
  static Backend forSuite(Class<?> suite) {
    boolean reference = "reference".equals(System.getProperty("contract.backend"));
    return reference ? new ReferenceBackend() : RedisBackend.shared(suite);
  }
}
