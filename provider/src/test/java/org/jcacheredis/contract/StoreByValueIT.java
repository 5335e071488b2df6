// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class StoreByValueIT extends StoreByValueContract {

  StoreByValueIT() {
    super(Backends.forSuite(StoreByValueIT.class));
  }
}
