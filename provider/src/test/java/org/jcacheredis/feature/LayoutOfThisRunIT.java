// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcacheredis.EveryLayout;
import org.jcacheredis.testkit.RedisProbe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is to be tested on a layout is: all other tests would also pass where it is not heeded. */
@EveryLayout
class LayoutOfThisRunIT {
  @AutoClose private final Space space = Space.shared();
  private final RedisProbe probe = space.probe();

  @Test
  void put_cacheThatNamesNoLayout_storesInTheOneOfThisRun() {
    space.strings("c").put("k", "v");

    assertThat(space.keys(probe))
        .singleElement()
        .satisfies(key -> assertThat(probe.type(key)).isEqualTo(typeOfThisRun()));
  }

  private static String typeOfThisRun() {
    return Space.inHashes() ? "hash" : "string";
  }
}
