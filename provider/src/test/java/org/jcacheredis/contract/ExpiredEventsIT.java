// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class ExpiredEventsIT extends ExpiredEventsContract {

  ExpiredEventsIT() {
    super(Backends.forSuite(ExpiredEventsIT.class));
  }
}
