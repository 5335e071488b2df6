// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class ExpiryIT extends ExpiryContract {

  ExpiryIT() {
    super(Backends.forSuite(ExpiryIT.class));
  }
}
