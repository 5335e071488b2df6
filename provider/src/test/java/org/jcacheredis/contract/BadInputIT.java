// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class BadInputIT extends BadInputContract {

  BadInputIT() {
    super(Backends.forSuite(BadInputIT.class));
  }
}
