// SPDX-License-Identifier: Apache-2.0
package org.jcacheredis.internal.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects what is wrong with a configuration, so that one exception tells all of it. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  /**
   * @throws IllegalArgumentException with all problems, if there are any
   */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    if (found.size() == 1) {
      throw new IllegalArgumentException(found.get(0));
    }
    Collections.sort(found);
    throw new IllegalArgumentException(
        "the configuration has "
            + found.size()
            + " problems:\n  - "
            + String.join("\n  - ", found));
  }
}
