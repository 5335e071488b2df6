// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.testkit.RedisProbe;

class HeardDifferentialIT extends HeardDifferentialContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new KeyPlace(onServer, namespace, cache);
  }
}
