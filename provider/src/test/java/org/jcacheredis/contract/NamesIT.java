// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class NamesIT extends NamesContract {

  NamesIT() {
    super(Backends.forSuite(NamesIT.class));
  }
}
