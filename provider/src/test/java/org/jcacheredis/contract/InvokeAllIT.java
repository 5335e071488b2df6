// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class InvokeAllIT extends InvokeAllContract {

  InvokeAllIT() {
    super(Backends.forSuite(InvokeAllIT.class));
  }
}
