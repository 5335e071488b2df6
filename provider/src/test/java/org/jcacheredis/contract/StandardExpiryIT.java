// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class StandardExpiryIT extends StandardExpiryContract {

  StandardExpiryIT() {
    super(Backends.forSuite(StandardExpiryIT.class));
  }
}
