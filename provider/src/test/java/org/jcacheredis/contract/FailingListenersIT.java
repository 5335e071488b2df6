// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class FailingListenersIT extends FailingListenersContract {

  FailingListenersIT() {
    super(Backends.forSuite(FailingListenersIT.class));
  }
}
