// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class IterationIT extends IterationContract {

  IterationIT() {
    super(Backends.forSuite(IterationIT.class));
  }
}
