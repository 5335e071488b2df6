// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.store;

import org.jcacheredis.NeedsFieldLifetimes;
import org.jcacheredis.testkit.RedisProbe;

@NeedsFieldLifetimes
class HashHeardDifferentialIT extends HeardDifferentialContract {
  @Override
  Place place(RedisProbe onServer, String namespace, String cache) {
    return new FieldPlace(onServer, namespace, cache);
  }
}
