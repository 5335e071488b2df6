// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class WriterIT extends WriterContract {

  WriterIT() {
    super(Backends.forSuite(WriterIT.class));
  }
}
