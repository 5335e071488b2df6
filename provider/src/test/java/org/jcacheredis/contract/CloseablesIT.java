// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class CloseablesIT extends CloseablesContract {

  CloseablesIT() {
    super(Backends.forSuite(CloseablesIT.class));
  }
}
