// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class ListenersIT extends ListenersContract {

  ListenersIT() {
    super(Backends.forSuite(ListenersIT.class));
  }
}
