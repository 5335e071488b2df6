// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class SharingIT extends SharingContract {

  SharingIT() {
    super(Backends.forSuite(SharingIT.class));
  }
}
