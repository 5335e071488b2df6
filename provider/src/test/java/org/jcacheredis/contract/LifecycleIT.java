// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class LifecycleIT extends LifecycleContract {

  LifecycleIT() {
    super(Backends.forSuite(LifecycleIT.class));
  }
}
