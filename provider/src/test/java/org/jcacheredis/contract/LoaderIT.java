// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class LoaderIT extends LoaderContract {

  LoaderIT() {
    super(Backends.forSuite(LoaderIT.class));
  }
}
