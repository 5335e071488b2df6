// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.contract;

final class StatisticsIT extends StatisticsContract {

  StatisticsIT() {
    super(Backends.forSuite(StatisticsIT.class));
  }
}
