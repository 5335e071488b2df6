// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class ManagementIT extends ManagementContract {

  ManagementIT() {
    super(Backends.forSuite(ManagementIT.class));
  }
}
