// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.testkit.RedisProbe;

class ProcessHeardIT extends ProcessHeardContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new KeyPlace(onServer, namespace, cache);
  }

  @Override
  boolean tellsSooner() {
    return false;
  }
}
