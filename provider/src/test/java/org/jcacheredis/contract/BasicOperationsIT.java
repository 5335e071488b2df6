// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class BasicOperationsIT extends BasicOperationsContract {

  BasicOperationsIT() {
    super(Backends.forSuite(BasicOperationsIT.class));
  }
}
