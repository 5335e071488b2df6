// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class EntryProcessorTableIT extends EntryProcessorTableContract {

  EntryProcessorTableIT() {
    super(Backends.forSuite(EntryProcessorTableIT.class));
  }
}
