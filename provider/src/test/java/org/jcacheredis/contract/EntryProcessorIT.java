// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class EntryProcessorIT extends EntryProcessorContract {

  EntryProcessorIT() {
    super(Backends.forSuite(EntryProcessorIT.class));
  }
}
